/* Files of the desk that take a moment (a[data-export]): the link says that it works on it, then hands
   the file over. What is no file is a page that says why, and is opened. What streams is left to the
   browser, which shows its own progress. Without this the links are plain links. */
(function () {
  "use strict";
  if (!Element.prototype.closest || !window.fetch || !window.URL || !URL.createObjectURL) return;
  var WRITTEN = /\.(docx|xlsx|pdf)$/, STREAMED = /\.(csv|json|zip)$/;
  var status = document.createElement("p");
  status.className = "export-status";
  status.setAttribute("role", "status");

  function say(link, words) {
    var group = link.closest(".exports") || link.parentNode;
    if (status.parentNode !== group.parentNode || status.previousSibling !== group)
      group.parentNode.insertBefore(status, group.nextSibling);
    // A region that was just put there is read only when it changes later.
    setTimeout(function () { status.textContent = words; }, 50);
  }

  function nameIn(header) {
    var plain = /filename="?([^";]+)"?/.exec(header || "");
    return plain ? plain[1] : "bao-cao";
  }

  function handOver(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-export]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (STREAMED.test(link.pathname)) return say(link, "Đang soạn tệp, trình duyệt sẽ tự tải về…");
    if (!WRITTEN.test(link.pathname)) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy") === "true") return;
    link.setAttribute("aria-busy", "true");
    say(link, "Đang soạn tệp…");
    function done(words) { link.removeAttribute("aria-busy"); say(link, words); }
    fetch(link.href, { credentials: "same-origin" }).then(function (response) {
      var header = response.headers.get("Content-Disposition");
      if (!response.ok || !header || response.redirected) { location.href = link.href; return done(""); }
      return response.blob().then(function (blob) {
        var name = nameIn(header);
        handOver(blob, name);
        done("Đã soạn xong tệp " + name + ".");
      });
    }).catch(function () { done("Mất kết nối khi soạn tệp. Hãy bấm lại."); });
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print-sheet]")) window.print();
  });
})();
