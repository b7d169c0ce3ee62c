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
    var field = box.querySelector(".select2-search__field");
    if (field) field.setAttribute("aria-label", label.textContent.trim());
  }
  function nameAll(root) {
    [].forEach.call(root.querySelectorAll("select.admin-autocomplete"), name);
  }
  window.addEventListener("load", function () {
    nameAll(document);
    if (!window.django || !window.django.jQuery) return;
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
  document.addEventListener("formset:added", function (event) {
    window.setTimeout(function () { nameAll(event.target); }, 0);
  });
})();
