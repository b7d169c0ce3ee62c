/* "Chọn từ kho ảnh" opens the library over the half-written report; ticked photos become rows with their
   words. Without this script the link leads to the library's own page. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var link = document.querySelector("[data-library]");
    var area = link && link.closest(".new-photos");
    if (!area || !window.fetch || !window.HTMLDialogElement) return;
    var dialog = document.createElement("dialog"), head = document.createElement("div"), body = document.createElement("div");
    var title = document.createElement("h2"), close = document.createElement("button");
    var chosen = {};
    dialog.className = "library-dialog";
    dialog.setAttribute("aria-labelledby", "kho-anh-tit");
    head.className = "library-head";
    title.id = "kho-anh-tit";
    title.textContent = "Chọn từ kho ảnh";
    close.type = "button";
    close.className = "button button--plain";
    close.textContent = "Đóng";
    close.addEventListener("click", function () { dialog.close(); });
    head.appendChild(title);
    head.appendChild(close);
    dialog.appendChild(head);
    dialog.appendChild(body);
    document.body.appendChild(dialog);

    function used() {
      return [].map.call(document.querySelectorAll("#photos-group input[name$='-kept']"), function (field) { return field.value; });
    }
    function show(address) {
      body.setAttribute("aria-busy", "true");
      return fetch(address, { credentials: "same-origin" }).then(function (response) {
        if (!response.ok || response.redirected) throw new Error();
        return response.text();
      }).then(function (html) {
        body.innerHTML = html;
        [].forEach.call(body.querySelectorAll("[data-photo]"), function (box) { box.checked = !!chosen[box.value]; });
      }).catch(function () {
        body.textContent = "Chưa mở được kho ảnh. Hãy xem lại mạng, hoặc đăng nhập lại ở thẻ khác, rồi mở lại.";
      }).then(function () { body.removeAttribute("aria-busy"); });
    }
    function addressOf(path, query) { return path + "?" + query; }

    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new window was wished for
      event.preventDefault();
      chosen = {};
      dialog.showModal();
      show(addressOf(link.pathname, "chon=1"));
    });
    body.addEventListener("submit", function (event) {
      event.preventDefault();
      if (!event.target.matches(".library-search")) return;
      show(addressOf(link.pathname, new URLSearchParams(new FormData(event.target)).toString()));
    });
    body.addEventListener("change", function (event) {
      var box = event.target;
      if (!box.hasAttribute("data-photo")) return;
      if (box.checked) chosen[box.value] = JSON.parse(box.getAttribute("data-photo"));
      else delete chosen[box.value];
    });
    body.addEventListener("click", function (event) {
      var turned = event.target.closest(".pager a");
      if (turned) {
        event.preventDefault();
        show(addressOf(link.pathname, turned.search.slice(1))).then(function () { dialog.scrollTop = 0; });
        return;
      }
      if (!event.target.closest("[data-choose]")) return;
      var already = used();
      Object.keys(chosen).forEach(function (token) {
        if (already.indexOf(token) < 0) area.dispatchEvent(new CustomEvent("photo:chosen", { detail: chosen[token] }));
      });
      dialog.close();
    });
    dialog.addEventListener("close", function () { link.focus(); });
  });
})();
