/* The second editor reads along while somebody types, and leads into the field a finding speaks of.
   Without this script the button "Lưu và kiểm bài" does the same. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var panel = document.querySelector("[data-proof]");
  var form = panel && panel.closest("form");
  if (!form || !window.fetch || !window.URLSearchParams) return;
  var PAUSE = 2500, LARGEST = 480000;
  var list = panel.querySelector("[data-proof-list]");
  var timer = null, asked = 0, last = "";

  function editorOf(id) {
    return window.CKEDITOR && window.CKEDITOR.instances[id];
  }

  panel.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("[data-proof-field]") : null;
    if (!link) return;
    var id = link.getAttribute("href").slice(1), editor = editorOf(id);
    var field = document.getElementById(id);
    var folded = field && field.closest("details");
    if (folded) folded.open = true;
    if (!editor && !field) return;
    event.preventDefault();
    if (editor) {
      editor.container.scrollIntoView();
      editor.focus();
    } else {
      field.focus();
      field.scrollIntoView({ block: "center" });
    }
  });

  /* "Xem các điều nhắc" beside the tick: not every browser unfolds what a link leads into. */
  form.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest('a[href="#dieu-nhac"]') : null;
    var folded = link && list.querySelector("details");
    if (folded) folded.open = true;
  });

  function typed() {
    var pairs = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") pairs.append(name, value);
    });
    var editor = editorOf("id_body");
    if (editor) pairs.set("body", editor.getData());
    return pairs.toString();
  }

  function ask() {
    var now = typed(), turn;
    if (now === last || now.length > LARGEST) return;
    last = now;
    turn = asked += 1;
    fetch(panel.dataset.proof, {
      method: "POST",
      body: now,
      credentials: "same-origin",
      headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" }
    }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : null;
    }).then(function (html) {
      // The answer to an older text is no answer; nor is the text moved under somebody's hand.
      if (html === null || turn !== asked || list.contains(document.activeElement)) return;
      var folded = list.querySelector("details"), open = folded && folded.open;
      list.innerHTML = html;
      sayAtTop();
      folded = list.querySelector("details");
      if (folded && open) folded.open = true;
    }).catch(function () { /* no network: the button is there */ });
  }

  /* The line under the title counts what the panel at the end of the form counts. */
  function sayAtTop() {
    var line = form.querySelector("[data-proof-blocks]");
    var blocks = list.querySelector(".proof-sum strong");
    if (line) line.textContent = blocks ? blocks.textContent : "không còn lỗi phải sửa";
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  if (window.CKEDITOR) {
    window.CKEDITOR.on("instanceReady", function (event) {
      event.editor.on("change", later);
    });
  }
});
