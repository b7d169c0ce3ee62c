/* Offers units while somebody types a name (ARIA 1.2 combobox): arrows, Enter, Esc, tap.
   Without it the typed name works as well: the form sends it and the page finds the unit.
   What was chosen last is offered again from this device only; nothing about it is sent. */
(function () {
  "use strict";
  if (!window.fetch || !Element.prototype.closest) return;
  var RECENT = "don-vi-gan-day", MOST_RECENT = 5, MOST = 12, number = 0;

  function recent() {
    try { return JSON.parse(localStorage.getItem(RECENT)) || []; } catch (e) { return []; }
  }
  function remember(unit) {
    var kept = recent().filter(function (other) { return other.key !== unit.key; });
    kept.unshift({ key: unit.key, name: unit.name, parent: unit.parent, years: unit.years, label: unit.label, url: unit.url });
    try { localStorage.setItem(RECENT, JSON.stringify(kept.slice(0, MOST_RECENT))); } catch (e) { /* private mode */ }
  }
  function add(tag, text, parent) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  }

  function enhance(input) {
    var id = "goi-y-" + ++number, field = input.getAttribute("name"), goes = input.hasAttribute("data-go");
    var units = [], at = -1, asked = null, waiting = 0, key = null;
    var list = document.createElement("ul"), status = document.createElement("p"), box = input.parentNode;
    list.id = id;
    list.className = "combo-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Đơn vị gợi ý");
    status.className = "sr-only";
    status.setAttribute("role", "status");
    box.appendChild(list);
    box.appendChild(status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("autocomplete", "off");

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function mark(next) {
      var options = list.querySelectorAll("[role=option]");
      if (!options.length) return;
      at = (next + options.length) % options.length;
      for (var i = 0; i < options.length; i++) options[i].setAttribute("aria-selected", String(i === at));
      input.setAttribute("aria-activedescendant", options[at].id);
      if (options[at].scrollIntoView) options[at].scrollIntoView({ block: "nearest" });
    }
    function show(found, why) {
      units = found.slice(0, MOST);
      list.textContent = "";
      at = -1;
      input.removeAttribute("aria-activedescendant");
      if (!units.length) { close(); return; }
      if (why) { var head = add("li", why, list); head.className = "why"; head.setAttribute("role", "presentation"); }
      units.forEach(function (unit, i) {
        var option = add("li", "", list), more = [unit.parent, unit.years].filter(Boolean).join(", ");
        option.id = id + "-" + i;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        add("span", unit.name, option);
        if (more) add("small", more, option);
        if (unit.now) add("small", "nay thuộc " + unit.now, option);
        if (unit.former_names && unit.former_names.length) add("small", "trước là " + unit.former_names.join(", "), option);
      });
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      status.textContent = units.length + " đơn vị gợi ý, bấm mũi tên xuống để chọn";
    }
    // The key says exactly which of several homonyms; the field's name moves to a hidden input.
    function keep(value) {
      if (value && !key) {
        key = document.createElement("input");
        key.type = "hidden";
        key.name = field;
        box.appendChild(key);
        input.removeAttribute("name");
      } else if (!value && key) {
        box.removeChild(key);
        key = null;
        input.setAttribute("name", field);
      }
      if (key) key.value = value;
    }
    function choose(i) {
      var unit = units[i];
      if (!unit) return;
      remember(unit);
      close();
      if (goes && unit.url) { location.href = unit.url; return; }
      // Where several are chosen, the page keeps each and the field is free for the next.
      if (input.hasAttribute("data-several")) {
        input.value = asked = "";
        status.textContent = "Đã thêm " + unit.label;
        input.dispatchEvent(new CustomEvent("unit-chosen", { bubbles: true, detail: unit }));
        return;
      }
      input.value = unit.label;
      asked = unit.label;
      if (field !== "q") keep(unit.key);
      status.textContent = "Đã chọn " + unit.label;
    }
    function offer() {
      var text = input.value.trim();
      if (text === asked) return;
      asked = text;
      if (text.length < 2) { if (text) close(); else show(recent(), "Bạn chọn gần đây"); return; }
      fetch(input.getAttribute("data-suggest") + "?q=" + encodeURIComponent(text), { credentials: "omit" })
        .then(function (response) { return response.ok ? response.json() : {}; })
        .then(function (answer) {
          if (asked !== text || document.activeElement !== input) return;
          show(answer.results || []);
          if (!units.length) status.textContent = "Không có đơn vị nào tên như vậy";
        })
        .catch(function () { /* no network: the name alone will do */ });
    }

    input.addEventListener("input", function () {
      keep("");
      clearTimeout(waiting);
      waiting = setTimeout(offer, 200);
    });
    input.addEventListener("focus", function () { if (!input.value) { asked = null; offer(); } });
    input.addEventListener("blur", function () { setTimeout(close, 150); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { asked = null; offer(); } else mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        choose(at);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Tab") close();
    });
    // The field keeps the focus while somebody taps or scrolls the list.
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) choose(Number(option.id.slice(id.length + 1)));
    });
  }

  var inputs = document.querySelectorAll("input[data-suggest]");
  for (var i = 0; i < inputs.length; i++) enhance(inputs[i]);
})();
