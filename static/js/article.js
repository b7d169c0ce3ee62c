/* What a reader may do with a report: copy for Zalo, hand on, print, keep. All of it happens on the
   device. Without script these buttons are not there, the links beside them are, and the page is
   complete. Listening and the large photos have files of their own. */
(function () {
  "use strict";
  var article = document.querySelector(".article");
  var report = document.getElementById("bao-viec");
  if (!article || !report) return;
  var canonical = document.querySelector("link[rel=canonical]");
  var address = canonical ? canonical.href : location.href;
  var short = document.getElementById("dia-chi-ngan");

  function say(words) { report.textContent = words; }
  function text(selector) {
    var found = document.querySelector(selector);
    return found ? found.innerText.trim() : "";
  }
  function flash(button, words) {
    var label = button.querySelector("span");
    if (!label.dataset.was) label.dataset.was = label.innerHTML;
    label.textContent = words;
    say(words);
    setTimeout(function () { label.innerHTML = label.dataset.was; }, 2500);
  }

  /* — copy: title, lead and the short link, as one pastes into a group — */
  function forZalo() {
    return [text(".article h1"), text(".standfirst"), short ? short.href : address].filter(Boolean).join("\n\n");
  }
  function copy(button) {
    function done() { flash(button, "Đã sao chép"); }
    function byHand() {
      var area = document.createElement("textarea");
      area.value = forZalo();
      area.setAttribute("aria-hidden", "true");
      area.className = "sr-only";
      document.body.appendChild(area);
      area.select();
      var copied = false;
      try { copied = document.execCommand("copy"); } catch (e) { copied = false; }
      document.body.removeChild(area);
      if (copied) done(); else flash(button, "Máy không cho sao chép");
    }
    if (navigator.clipboard && navigator.clipboard.writeText)
      navigator.clipboard.writeText(forZalo()).then(done, byHand);
    else byHand();
  }

  /* — hand on: the device asks with which application. Zalo is among them on a phone; it has no
       plain link for sharing, only a script of its own, which does not come into this page. — */
  function handOn() {
    navigator.share({ title: text(".article h1"), text: text(".standfirst"), url: address })
      .catch(function () { /* the reader thought better of it */ });
  }
  if (navigator.share) {
    var sharing = article.querySelector("[data-tool=share]");
    if (sharing) sharing.hidden = false;
  }

  /* — keep: a plain text file that opens anywhere, also without a network — */
  function keep(button) {
    var parts = [text(".article h1"), text(".article .place"), text(".dates"), text(".standfirst"),
      text(".prose"), text(".byline"), address];
    var file = new Blob(["\ufeff" + parts.filter(Boolean).join("\n\n") + "\n"], { type: "text/plain;charset=utf-8" });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = (address.split("/").filter(Boolean).pop() || "bai") + ".txt";
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    flash(button, "Đã lưu");
  }

  var deeds = { copy: copy, share: handOn, print: function () { window.print(); }, save: keep };
  article.addEventListener("click", function (event) {
    var button = event.target.closest("[data-tool]");
    var deed = button && deeds[button.getAttribute("data-tool")];
    if (deed) deed(button);
  });
})();
