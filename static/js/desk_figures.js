// Typing what a number counts means to confirm it; Enter goes on to the next number instead of sending.
(function () {
  "use strict";
  var form = document.querySelector("[data-figures]");
  if (!form) return;

  function boxOf(field) {
    while (field && field.className !== undefined && !/(^| )proposal( |$)/.test(field.className)) field = field.parentNode;
    return field && field.querySelector ? field : null;
  }

  function isIndicator(field) {
    return field.name && /-indicator$/.test(field.name);
  }

  form.addEventListener("input", function (event) {
    var box = isIndicator(event.target) && boxOf(event.target);
    if (!box) return;
    var open = box.querySelector('input[type="radio"][value=""]');
    var confirmed = box.querySelector('input[type="radio"][value="dung"]');
    if (event.target.value && open.checked) confirmed.checked = true;
    if (!event.target.value && confirmed.checked) open.checked = true;
  });

  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
    var fields = [].filter.call(form.querySelectorAll("input"), isIndicator);
    var box = boxOf(event.target);
    if (!box) return;
    event.preventDefault();
    var place = fields.indexOf(box.querySelector('input[name$="-indicator"]'));
    var next = fields[place + 1] || form.querySelector(".bar-save .button");
    next.focus();
  });
})();
