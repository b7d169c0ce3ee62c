/* Fee pages: Enter and the arrows walk from coefficient to coefficient, so that a whole page is
   scored without the mouse; the print button prints. Without script all of it works by Tab. */
(function () {
  "use strict";

  var print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }

  var form = document.querySelector(".scores");
  if (!form) { return; }
  var fields = Array.prototype.slice.call(form.querySelectorAll('input[name$="-coefficient"]'));

  form.addEventListener("keydown", function (event) {
    var here = fields.indexOf(event.target);
    if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) { return; }
    event.preventDefault();
    var next = fields[here + step] || (step > 0 ? form.querySelector("[type=submit]") : null);
    if (next) {
      next.focus();
      if (next.select) { next.select(); }
    }
  });
})();
