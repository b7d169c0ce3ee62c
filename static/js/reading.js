/* Letter size and ground, remembered on this device only. Runs in the head, before the first paint,
   so that a reader of large letters never sees small ones. Without it the device's own wishes hold. */
(function () {
  "use strict";
  var root = document.documentElement;
  var KEYS = { size: "co-chu", theme: "nen" };
  var DEFAULTS = { size: "normal", theme: "auto" };

  function stored(what) {
    try { return localStorage.getItem(KEYS[what]) || DEFAULTS[what]; } catch (e) { return DEFAULTS[what]; }
  }
  function show(what, value) {
    if (value === DEFAULTS[what]) root.removeAttribute("data-" + what);
    else root.setAttribute("data-" + what, value);
  }
  function remember(what, value) {
    try {
      if (value === DEFAULTS[what]) localStorage.removeItem(KEYS[what]);
      else localStorage.setItem(KEYS[what], value);
    } catch (e) { /* private mode: holds for this page */ }
  }
  function press(what, value) {
    var buttons = document.querySelectorAll("button[data-" + what + "]");
    for (var i = 0; i < buttons.length; i++)
      buttons[i].setAttribute("aria-pressed", String(buttons[i].getAttribute("data-" + what) === value));
  }

  // From here on, what needs script has its place in the layout; without script it has none.
  root.className = "js";
  // my_unit.js writes the name of the reader's unit; its line is kept free from the first paint on.
  try { if (localStorage.getItem("don-vi")) root.className += " has-unit"; } catch (e) { /* private mode */ }
  show("size", stored("size"));
  show("theme", stored("theme"));

  document.addEventListener("DOMContentLoaded", function () {
    press("size", stored("size"));
    press("theme", stored("theme"));
    document.addEventListener("click", function (event) {
      var button = event.target.closest ? event.target.closest(".choice button") : null;
      if (!button) return;
      var what = button.hasAttribute("data-size") ? "size" : "theme";
      var value = button.getAttribute("data-" + what);
      show(what, value);
      remember(what, value);
      press(what, value);
    });
  });
})();
