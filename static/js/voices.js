/* "Bài viết có ích không?" answered in place. Without this file the two buttons are a plain form.
   That this device has answered is remembered here only, so that it is not asked again. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-rate]");
  if (!form || !window.fetch) return;
  var key = "co-ich-" + form.getAttribute("data-rate");
  var thanks = document.querySelector("[data-rated]");

  function remembered() {
    try { return localStorage.getItem(key); } catch (e) { return null; }
  }
  function remember(answer) {
    try { localStorage.setItem(key, answer); } catch (e) { /* private mode: asked again next time */ }
  }
  function thank(answer) {
    form.hidden = true;
    thanks.textContent = answer === "co"
      ? "Cảm ơn bạn. Chúng tôi vui vì bài có ích."
      : "Cảm ơn bạn. Chúng tôi sẽ cố viết rõ hơn.";
  }
  function plainly(button) {
    // The page behind the form says what went wrong better than a line here could.
    var said = document.createElement("input");
    said.type = "hidden";
    said.name = button.name;
    said.value = button.value;
    form.appendChild(said);
    form.submit();
  }

  if (remembered()) return thank(remembered());
  form.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button") : null;
    if (!button) return;
    event.preventDefault();
    var headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
    fetch(form.action, { method: "POST", headers: headers, body: button.name + "=" + button.value }).then(
      function (answer) {
        if (answer.status !== 204) return plainly(button);
        remember(button.value);
        thank(button.value);
        thanks.focus();
      },
      function () { plainly(button); }
    );
  });
})();
