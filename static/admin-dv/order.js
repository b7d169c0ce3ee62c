/* Rows with a place (who did it, photos): buttons ↑ ↓ and a handle to drag. The number field does the
   same without this script, and is hidden with it. */
(function () {
  "use strict";
  function rows(group) {
    return [].filter.call(group.querySelectorAll(".inline-related"), function (row) {
      return !row.classList.contains("empty-form");
    });
  }
  function renumber(group) {
    rows(group).forEach(function (row, i) {
      var place = row.querySelector("[data-place]");
      if (place) place.value = i + 1;
      var label = row.querySelector(".inline_label");
      if (label) label.textContent = "#" + (i + 1);
    });
  }
  function button(text, words, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", words);
    made.addEventListener("click", act);
    return made;
  }
  function move(row, step) {
    var group = row.closest(".inline-group");
    var all = rows(group);
    var other = all[all.indexOf(row) + step];
    if (!other) return;
    other.parentNode.insertBefore(row, step < 0 ? other : other.nextSibling);
    renumber(group);
    row.querySelector(step < 0 ? ".move-up" : ".move-down").focus();
  }
  function dragged(row, handle) {
    handle.addEventListener("pointerdown", function (down) {
      if (down.button) return;
      var group = row.closest(".inline-group");
      handle.setPointerCapture(down.pointerId);
      row.classList.add("is-dragged");
      function over(event) {
        var target = document.elementFromPoint(event.clientX, event.clientY);
        target = target && target.closest(".inline-related");
        if (!target || target === row || target.parentNode !== row.parentNode || target.classList.contains("empty-form")) return;
        var box = target.getBoundingClientRect();
        target.parentNode.insertBefore(row, event.clientY < box.top + box.height / 2 ? target : target.nextSibling);
      }
      function drop() {
        row.classList.remove("is-dragged");
        handle.removeEventListener("pointermove", over);
        handle.removeEventListener("pointerup", drop);
        handle.removeEventListener("pointercancel", drop);
        renumber(group);
      }
      handle.addEventListener("pointermove", over);
      handle.addEventListener("pointerup", drop);
      handle.addEventListener("pointercancel", drop);
      down.preventDefault();
    });
  }
  function equip(row) {
    var place = row.querySelector("[data-place]");
    var head = row.querySelector(".inline-head");
    if (!place || !head || row.classList.contains("empty-form") || row.querySelector(".moves")) return;
    var field = place.closest(".form-row");
    if (field) field.hidden = true;
    var moves = document.createElement("span");
    moves.className = "moves";
    var up = button("↑", "Đưa lên", function () { move(row, -1); });
    up.className = "move-up";
    var down = button("↓", "Đưa xuống", function () { move(row, 1); });
    down.className = "move-down";
    var handle = button("⠿", "Kéo để đổi chỗ", function () {});
    handle.className = "drag";
    handle.tabIndex = -1;
    moves.appendChild(up);
    moves.appendChild(down);
    moves.appendChild(handle);
    head.insertBefore(moves, head.querySelector(".inline-title").nextSibling);
    dragged(row, handle);
  }
  function groups() {
    return [].filter.call(document.querySelectorAll(".inline-group"), function (group) {
      return group.querySelector("[data-place]");
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    groups().forEach(function (group) { rows(group).forEach(equip); });
  });
  document.addEventListener("formset:added", function (event) {
    if (!event.target.querySelector || !event.target.querySelector("[data-place]")) return;
    equip(event.target);
    renumber(event.target.closest(".inline-group"));
  });
  document.addEventListener("formset:removed", function () { groups().forEach(renumber); });
})();
