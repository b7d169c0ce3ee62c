/* "Đơn vị của tôi": chosen on a unit's page, kept on this device only, never sent anywhere.
   reading.js keeps the place for it before the first paint; here it gets its name. */
(function () {
  "use strict";
  var KEY = "don-vi", root = document.documentElement;

  function stored() {
    try {
      var unit = JSON.parse(localStorage.getItem(KEY));
      // Only an address of our own; whatever else stands there is as good as nothing.
      return unit && unit.name && /^\/don-vi\/[a-z0-9-]+\/$/.test(unit.address) ? unit : null;
    } catch (e) { return null; }
  }
  function store(unit) {
    try {
      if (unit) localStorage.setItem(KEY, JSON.stringify(unit));
      else localStorage.removeItem(KEY);
      return true;
    } catch (e) { return false; }
  }
  function show() {
    var unit = stored(), i;
    root.classList.toggle("has-unit", Boolean(unit));
    var links = document.querySelectorAll("[data-my-unit-link]");
    for (i = 0; i < links.length; i++) {
      var name = links[i].querySelector("[data-my-unit-name]");
      if (!links[i].hasAttribute("data-plain")) links[i].setAttribute("data-plain", links[i].getAttribute("href") || "");
      if (unit) links[i].setAttribute("href", unit.address);
      else links[i].setAttribute("href", links[i].getAttribute("data-plain"));
      if (name) {
        if (!name.hasAttribute("data-plain")) name.setAttribute("data-plain", name.textContent);
        name.textContent = unit ? "Tin " + unit.name.charAt(0).toLowerCase() + unit.name.slice(1) : name.getAttribute("data-plain");
      }
    }
    var buttons = document.querySelectorAll("button[data-my-unit]");
    for (i = 0; i < buttons.length; i++) {
      var mine = Boolean(unit) && unit.key === buttons[i].getAttribute("data-my-unit");
      buttons[i].textContent = mine ? "Bỏ đơn vị của tôi" : "Đặt làm đơn vị của tôi";
    }
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button[data-my-unit]") : null;
    if (!button) return;
    var unit = stored(), key = button.getAttribute("data-my-unit");
    var next = unit && unit.key === key ? null : { key: key, name: button.getAttribute("data-name"), address: button.getAttribute("data-address") };
    if (!store(next)) { button.textContent = "Máy này không cho ghi nhớ"; return; }
    show();
  });
  // Another tab may have chosen meanwhile; a page that comes back from memory asks again.
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", show);
  show();
})();
