/* A digest: drag its reports, count letters while typing, take the lead back, copy for Zalo, print.
   Without script the numbers, the buttons ↑ ↓ and the server do the same. */
(function () {
  "use strict";
  function all(selector, within) { return [].slice.call((within || document).querySelectorAll(selector)); }
  function say(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, "."); }

  /* — places — */
  var list = document.querySelector("[data-order]");
  function renumber() {
    all("[data-place]", list).forEach(function (place, i) { place.value = i + 1; });
  }
  function dragged(row, handle) {
    handle.addEventListener("pointerdown", function (down) {
      if (down.button) return;
      row.classList.add("is-dragged");
      function over(event) {
        var target = document.elementFromPoint(event.clientX, event.clientY);
        target = target && target.closest(".digest-row");
        if (!target || target === row || target.parentNode !== list) return;
        var box = target.getBoundingClientRect();
        list.insertBefore(row, event.clientY < box.top + box.height / 2 ? target : target.nextSibling);
        renumber();
      }
      function drop() {
        row.classList.remove("is-dragged");
        document.removeEventListener("pointermove", over);
        document.removeEventListener("pointerup", drop);
        document.removeEventListener("pointercancel", drop);
      }
      // Not on the handle: a row that is put elsewhere loses the pointer for a moment.
      document.addEventListener("pointermove", over);
      document.addEventListener("pointerup", drop);
      document.addEventListener("pointercancel", drop);
      down.preventDefault();
    });
  }
  if (list) all(".digest-row", list).forEach(function (row) {
    var handle = document.createElement("button");
    handle.type = "button";
    handle.className = "button button--plain drag";
    handle.tabIndex = -1;
    handle.textContent = "Kéo";
    handle.setAttribute("aria-label", "Kéo để đổi chỗ");
    row.querySelector(".moves").appendChild(handle);
    dragged(row, handle);
  });

  /* — letters — */
  all("textarea[data-lead]").forEach(function (area) {
    var count = area.parentNode.querySelector("[data-count]");
    area.addEventListener("input", function () {
      count.textContent = say(area.value.length);
      count.nextSibling.textContent = area.value === area.getAttribute("data-lead") ? " chữ cái, là sapo của bài" : " chữ cái";
    });
  });
  all("button[name=sapo]").forEach(function (button) {
    button.addEventListener("click", function (event) {
      var area = button.closest(".digest-row").querySelector("textarea");
      area.value = area.getAttribute("data-lead");
      area.dispatchEvent(new Event("input"));
      area.focus();
      event.preventDefault();
    });
  });

  /* — copy and print — */
  all("[data-copy]").forEach(function (button) {
    var area = document.getElementById(button.getAttribute("data-copy"));
    var said = button.parentNode.querySelector("[data-said]");
    function byHand() {
      area.focus();
      area.select();
      var copied = false;
      try { copied = document.execCommand("copy"); } catch (e) { copied = false; }
      said.textContent = copied ? "Đã sao chép." : "Máy không cho sao chép. Chữ đã được chọn, hãy chép bằng tay.";
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      if (navigator.clipboard && navigator.clipboard.writeText)
        navigator.clipboard.writeText(area.value).then(function () { said.textContent = "Đã sao chép."; }, byHand);
      else byHand();
    });
  });
  all("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
