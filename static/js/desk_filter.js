/* The filter form of the desk: several units one after another, an address without empty words, and
   a button that copies the address. Without it the form adds one unit each time it is sent. */
(function () {
  "use strict";
  if (!Element.prototype.closest) return;

  function chip(unit) {
    var label = document.createElement("label"), box = document.createElement("input"), text = document.createElement("span");
    label.className = "unit-chip";
    box.type = "checkbox";
    box.name = "don-vi";
    box.value = unit.key;
    box.checked = true;
    text.textContent = unit.name;
    if (unit.parent) {
      var place = document.createElement("small");
      place.textContent = [unit.parent, unit.years].filter(Boolean).join(", ");
      text.appendChild(place);
    }
    label.appendChild(box);
    label.appendChild(document.createTextNode(" "));
    label.appendChild(text);
    return label;
  }

  document.addEventListener("unit-chosen", function (event) {
    var field = event.target.closest(".field"), chips = field && field.querySelector(".unit-chips");
    if (!chips) return;
    var known = chips.querySelectorAll("input"), i;
    for (i = 0; i < known.length; i++)
      if (known[i].value === event.detail.key) { known[i].checked = true; return; }
    chips.appendChild(chip(event.detail));
  });

  // What is empty says nothing; the address that colleagues are sent stays short.
  document.addEventListener("submit", function (event) {
    if (!event.target.hasAttribute("data-desk-filter")) return;
    var fields = event.target.elements, i, silent = [];
    for (i = 0; i < fields.length; i++)
      if (fields[i].name && !fields[i].value && !fields[i].disabled) silent.push(fields[i]);
    // How months are cut says something only where days are chosen.
    if (["ky", "tu", "den"].every(function (name) { return !fields[name] || !fields[name].value; }) && fields["quy-uoc"]) silent.push(fields["quy-uoc"]);
    for (i = 0; i < silent.length; i++) silent[i].disabled = true;
    setTimeout(function () { for (var j = 0; j < silent.length; j++) silent[j].disabled = false; }, 0);
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) return;
    var address = button.getAttribute("data-copy"), status = document.querySelector("[data-copied]");
    function say(words) { if (status) status.textContent = words; button.lastChild.textContent = " " + words; }
    if (navigator.clipboard && navigator.clipboard.writeText)
      navigator.clipboard.writeText(address).then(function () { say("Đã chép"); }, function () { window.prompt("Chép địa chỉ này", address); });
    else window.prompt("Chép địa chỉ này", address);
  });
})();
