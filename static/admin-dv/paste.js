// Keeps the formatting of a paste beside its plain text: tables and lists survive. Without this
// script, or when the text is changed afterwards, the plain text is what counts.
(function () {
  "use strict";
  var text = document.querySelector("[name=pasted]");
  var html = document.querySelector("[name=pasted_html]");
  if (!text || !html) { return; }

  var pastedAs = "";
  text.addEventListener("paste", function (event) {
    var clipboard = event.clipboardData;
    var whole = text.value === "" || (text.selectionStart === 0 && text.selectionEnd === text.value.length);
    html.value = clipboard && whole ? clipboard.getData("text/html") : "";
    setTimeout(function () { pastedAs = text.value; }, 0);
  });
  text.addEventListener("input", function () {
    if (pastedAs && text.value !== pastedAs) { html.value = ""; }
  });
})();
