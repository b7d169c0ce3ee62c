/* "Nhập bài": the formatting of a paste is kept beside its plain text; files and screenshots may be
   dropped or pasted; while the server reads, the page says so. Without this script the plain fields
   do. */
(function () {
  "use strict";
  var form = document.querySelector("[data-intake]");
  if (!form || !window.FormData) { return; }
  var text = form.querySelector("[name=pasted]");
  var html = form.querySelector("[name=pasted_html]");
  var file = form.querySelector("[name=file]");
  var photos = form.querySelector("[name=photos]");
  var reading = form.querySelector("[data-reading]");
  var MOST_IN_A_FIELD = 500000;

  /* -- files put into a field, as if chosen ------------------------------------------------------ */

  function put(input, files) {
    var transfer = new DataTransfer();
    if (input.multiple) { [].forEach.call(input.files, function (one) { transfer.items.add(one); }); }
    files.slice(0, input.multiple ? files.length : 1).forEach(function (one) { transfer.items.add(one); });
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function isPhoto(one) { return /^image\//.test(one.type); }
  function take(files) {
    var pictures = files.filter(isPhoto);
    var texts = files.filter(function (one) { return !isPhoto(one); });
    if (pictures.length) { put(photos, pictures); }
    if (texts.length) { put(file, texts); }
  }

  /* -- drop --------------------------------------------------------------------------------------- */

  [file, photos].forEach(function (input) {
    var zone = input.closest("[data-drop]");
    var told = document.createElement("p");
    told.className = "help";
    told.textContent = "Hoặc kéo từ máy rồi thả vào khung này.";
    zone.appendChild(told);
    zone.addEventListener("dragover", function (event) {
      event.preventDefault();
      zone.classList.add("is-over");
    });
    ["dragleave", "drop"].forEach(function (name) {
      zone.addEventListener(name, function () { zone.classList.remove("is-over"); });
    });
  });
  // A file that misses the zone must not open in place of the page.
  form.ownerDocument.addEventListener("dragover", function (event) { event.preventDefault(); });
  form.ownerDocument.addEventListener("drop", function (event) {
    event.preventDefault();
    var files = [].slice.call((event.dataTransfer && event.dataTransfer.files) || []);
    if (files.length) { take(files); }
  });

  /* -- paste ------------------------------------------------------------------------------------- */

  document.addEventListener("paste", function (event) {
    var clipboard = event.clipboardData;
    var files = [].slice.call((clipboard && clipboard.files) || []).filter(isPhoto);
    // Word and Excel put a picture of the text beside the text: the text is what is meant.
    if (files.length && !clipboard.getData("text/plain")) {
      event.preventDefault();
      take(files);
    }
  });

  var pastedAs = "";
  text.addEventListener("paste", function (event) {
    var clipboard = event.clipboardData;
    var whole = text.value === "" || (text.selectionStart === 0 && text.selectionEnd === text.value.length);
    var kept = clipboard && whole ? clipboard.getData("text/html") : "";
    keep(kept);
    setTimeout(function () { pastedAs = text.value; }, 0);
  });
  text.addEventListener("input", function () {
    if (pastedAs && text.value !== pastedAs) { keep(""); }
  });
  // A paste that carries its pictures is too large for a field of text, so it goes as a file.
  var page = null;
  function keep(kept) {
    html.value = kept.length < MOST_IN_A_FIELD ? kept : "";
    if (page) { page.parentNode.removeChild(page); page = null; }
    if (kept.length < MOST_IN_A_FIELD) { return; }
    page = document.createElement("input");
    page.type = "file";
    page.name = "pasted_page";
    page.hidden = true;
    form.appendChild(page);
    put(page, [new File([kept], "dan.html", { type: "text/html" })]);
  }

  /* -- while the server reads -------------------------------------------------------------------- */

  var button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", function () {
    var bar = document.createElement("progress");
    bar.setAttribute("aria-label", "Đang đọc bài");
    reading.textContent = "Đang đọc bài, thường không quá vài giây. Bài nhiều ảnh thì lâu hơn. ";
    reading.appendChild(bar);
    button.disabled = true;
  });
  // Coming back by the browser's button finds the page as it was left.
  window.addEventListener("pageshow", function () {
    reading.textContent = "";
    button.disabled = false;
  });
})();
