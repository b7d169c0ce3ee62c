/* Tells the site that this report was read, once per tab: no cookie, nothing about the reader. The
   answer brings the number on a kept page up to date. */
(function () {
  "use strict";
  var place = document.querySelector("[data-views]");
  if (!place || !window.XMLHttpRequest) return;
  var key = "da-xem:" + place.getAttribute("data-views");

  function seen() {
    try { return sessionStorage.getItem(key); } catch (e) { return null; }
  }
  function say() {
    if (seen()) return;
    try { sessionStorage.setItem(key, "1"); } catch (e) { /* private mode: counts each time */ }
    var request = new XMLHttpRequest();
    request.open("POST", place.getAttribute("data-views"));
    request.onload = function () {
      var number = place.querySelector("[data-number]");
      if (request.status !== 200 || !number) return;
      var views = JSON.parse(request.responseText).views;
      number.textContent = String(views).replace(/\B(?=(\d{3})+$)/g, ".");
    };
    request.send();
  }
  /* A page opened behind another, or drawn ahead by the browser, was not read yet. */
  function whenOnScreen() {
    if (document.visibilityState === "hidden" || document.prerendering) return;
    document.removeEventListener("visibilitychange", whenOnScreen);
    setTimeout(say, 2000);
  }
  document.addEventListener("visibilitychange", whenOnScreen);
  whenOnScreen();
})();
