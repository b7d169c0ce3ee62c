/* What Django's pickers leave out for those who hear a page instead of seeing it: the picker says the
   name of its field, and so does its search box. */
(function () {
  "use strict";
  function nameOf(select) {
    var label = document.querySelector('label[for="' + select.id + '"]');
    if (label && !label.id) label.id = select.id + "_label";
    return label;
  }
  function name(select) {
    var box = select.nextElementSibling;
    var label = nameOf(select);
    if (!label || !box || !box.classList.contains("select2")) return;
    var combo = box.querySelector('[role="combobox"]');
    var shown = box.querySelector(".select2-selection__rendered");
    if (combo) combo.setAttribute("aria-labelledby", label.id + (shown && shown.id ? " " + shown.id : ""));
    if (shown && shown.getAttribute("role") === "textbox") shown.setAttribute("aria-labelledby", label.id + " " + shown.id);
    var field = box.querySelector(".select2-search__field");
    if (field) field.setAttribute("aria-label", label.textContent.trim());
  }
  function nameAll(root) {
    [].forEach.call(root.querySelectorAll("select.admin-autocomplete"), name);
  }
  window.addEventListener("load", function () {
    if (!window.django || !window.django.jQuery) return;
    // After the pickers have been made: their script waits for the same moment, and was there first.
    window.django.jQuery(function () { nameAll(document); });
    window.django.jQuery(document)
      .on("select2:open", function (event) {
        var label = nameOf(event.target);
        var field = document.querySelector(".select2-container--open .select2-search__field");
        if (field && label) field.setAttribute("aria-label", "Gõ để tìm: " + label.textContent.trim());
        if (field) field.focus();
        var list = document.querySelector(".select2-container--open .select2-results__options");
        if (list && label) list.setAttribute("aria-label", label.textContent.trim());
      })
      .on("select2:select select2:unselect", function (event) { name(event.target); });
  });
  /* The browser's own words on a file field are in the browser's language; ours are not. */
  function pick(input) {
    if (input.getAttribute("data-picked")) return;
    input.setAttribute("data-picked", "1");
    var box = document.createElement("div");
    var look = document.createElement("label");
    var names = document.createElement("span");
    box.className = "file-pick";
    look.className = "button button--plain";
    look.htmlFor = input.id;
    look.textContent = input.getAttribute("data-pick") || (input.multiple ? "Chọn ảnh từ máy" : "Chọn tệp");
    names.className = "help";
    input.parentNode.insertBefore(box, input);
    box.appendChild(input);
    box.appendChild(look);
    box.appendChild(names);
    input.classList.add("sr-only");
    input.addEventListener("change", function () {
      names.textContent = [].map.call(input.files, function (file) { return file.name; }).join(", ");
    });
  }
  function pickAll(root) {
    [].forEach.call(root.querySelectorAll("input[type=file]"), function (input) {
      if (!input.closest(".empty-form")) pick(input);
    });
  }
  document.addEventListener("DOMContentLoaded", function () { pickAll(document); });
  document.addEventListener("formset:added", function (event) { pickAll(event.target); });
  document.addEventListener("formset:added", function (event) {
    window.setTimeout(function () { nameAll(event.target); }, 0);
  });
})();
