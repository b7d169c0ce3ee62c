/* What a reader may do with a report: listen, copy for Zalo, print, keep. All of it happens on the
   device. Without script there are no buttons and the page is complete. */
(function () {
  "use strict";
  var tools = document.querySelector(".tools");
  if (!tools) return;
  var report = document.getElementById("bao-viec");
  var canonical = document.querySelector("link[rel=canonical]");
  var address = canonical ? canonical.href : location.href;

  function say(words) { report.textContent = words; }
  function text(selector) {
    var found = document.querySelector(selector);
    return found ? found.innerText.trim() : "";
  }
  function relabel(button, words) {
    var label = button.querySelector("span");
    if (!label.dataset.was) label.dataset.was = label.innerHTML;
    if (words) label.textContent = words; else label.innerHTML = label.dataset.was;
  }
  function flash(button, words) {
    relabel(button, words);
    say(words);
    setTimeout(function () { relabel(button, ""); }, 2500);
  }

  /* — copy: title, lead and link, as one pastes into a group — */
  function forZalo() {
    return [text(".article h1"), text(".standfirst"), address].filter(Boolean).join("\n\n");
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

  /* — listen: what a voice would stumble over is written out first — */
  var SPOKEN = {
    "MTTQ": "Mặt trận Tổ quốc", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân", "LHPN": "Liên hiệp Phụ nữ", "CCB": "Cựu chiến binh",
    "QCDC": "Quy chế dân chủ", "ĐBQH": "đại biểu Quốc hội", "BCH": "Ban Chấp hành",
    "TNCS": "Thanh niên Cộng sản", "THPT": "trung học phổ thông", "THCS": "trung học cơ sở",
    "NTM": "nông thôn mới", "XHCN": "xã hội chủ nghĩa", "TP": "thành phố", "TX": "thị xã"
  };
  function readable(words) {
    return words
      .replace(/(\d{1,2})\/(\d{1,2})\/(\d{4})/g, "ngày $1 tháng $2 năm $3")
      .replace(/(^|[^\d\/])(0?[1-9]|[12]\d|3[01])\/(0?[1-9]|1[0-2])(?![\d\/])/g, "$1ngày $2 tháng $3")
      .replace(/(ngày) ngày/g, "$1")
      .replace(/(\d)\.(?=\d{3}(?!\d))/g, "$1")
      .replace(/(\d),(\d)/g, "$1 phẩy $2")
      .replace(/%/g, " phần trăm")
      .replace(/[A-ZĐ]{2,}/g, function (short) { return SPOKEN[short] || short; });
  }
  function voice() {
    var voices = window.speechSynthesis ? speechSynthesis.getVoices() : [];
    for (var i = 0; i < voices.length; i++) if (/^vi\b/i.test(voices[i].lang)) return voices[i];
    return null;
  }
  function listen(button) {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      relabel(button, "");
      say("Đã dừng đọc");
      return;
    }
    // Piece by piece: some devices fall silent in the middle of a long text.
    var pieces = [text(".article h1"), text(".standfirst")].concat(text(".prose").split(/\n+/)).filter(Boolean);
    pieces.forEach(function (piece, i) {
      var speech = new SpeechSynthesisUtterance(readable(piece));
      speech.lang = "vi-VN";
      speech.voice = voice();
      if (i === pieces.length - 1) speech.onend = function () { relabel(button, ""); };
      speechSynthesis.speak(speech);
    });
    relabel(button, "Dừng");
  }
  var listenButton = tools.querySelector("[data-tool=listen]");
  function offerVoice() { if (voice()) listenButton.hidden = false; }
  if (window.speechSynthesis && window.SpeechSynthesisUtterance) {
    offerVoice(); // the list of voices often arrives later
    speechSynthesis.addEventListener && speechSynthesis.addEventListener("voiceschanged", offerVoice);
    window.addEventListener("pagehide", function () { speechSynthesis.cancel(); });
  }

  var deeds = { listen: listen, copy: copy, print: function () { window.print(); }, save: keep };
  tools.addEventListener("click", function (event) {
    var button = event.target.closest("[data-tool]");
    if (button) deeds[button.getAttribute("data-tool")](button);
  });
})();
