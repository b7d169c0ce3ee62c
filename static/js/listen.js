/* "Nghe bài": the device's own Vietnamese voice reads the report, piece by piece. Where there is no
   such voice, or no script, there is no button. Nothing leaves the device. */
(function () {
  "use strict";
  var button = document.querySelector("[data-tool=listen]");
  var player = document.querySelector(".player");
  var synthesis = window.speechSynthesis;
  if (!button || !player || !synthesis || !window.SpeechSynthesisUtterance) return;

  var SPEED_KEY = "toc-do-doc";
  var LONGEST = 180; // letters; some devices fall silent after a quarter of a minute
  var say = function (words) { document.getElementById("bao-viec").textContent = words; };
  var toggle = player.querySelector("[data-player=toggle]");

  function vietnameseVoice() {
    var voices = synthesis.getVoices() || [], found = null;
    for (var i = 0; i < voices.length; i++)
      // A voice that lives on the device needs no network.
      if (/^vi([-_]|$)/i.test(voices[i].lang) && (!found || (voices[i].localService && !found.localService))) found = voices[i];
    return found;
  }
  // How words are read is fetched only where there is a voice to read them, and before the button
  // shows: a voice must start within the press, not after a download.
  var fetching = false;
  function offer() {
    if (!vietnameseVoice()) return;
    if (window.readable) { button.hidden = false; return; }
    if (fetching) return;
    fetching = true;
    var script = document.createElement("script");
    script.src = button.getAttribute("data-readings");
    script.onload = offer;
    document.head.appendChild(script);
  }
  offer(); // the list of voices often arrives later
  if (synthesis.addEventListener) synthesis.addEventListener("voiceschanged", offer);
  else synthesis.onvoiceschanged = offer;

  /* == what is read: [{element, words}], in the order of the page ============================== */

  function sentences(words) {
    var pieces = [];
    (words.match(/[^.;:!?]+[.;:!?]*\s*/g) || [words]).forEach(function (sentence) {
      var last = pieces.length - 1;
      if (last >= 0 && (pieces[last] + sentence).length <= LONGEST) pieces[last] += sentence;
      else pieces.push(sentence);
    });
    return pieces.map(function (piece) { return piece.trim(); }).filter(Boolean);
  }
  function wordsOf(element) {
    if (element.nodeName !== "TR") return element.textContent;
    return Array.prototype.map.call(element.cells, function (cell) { return cell.textContent.trim(); }).filter(Boolean).join(", ") + ".";
  }
  function piecesOfPage() {
    var blocks = ".prose p, .prose h2, .prose h3, .prose h4, .prose li, .prose caption, .prose tr, .prose figcaption";
    var elements = document.querySelectorAll(".article h1, .article .standfirst, .article .alert p, " + blocks);
    var pieces = [];
    Array.prototype.forEach.call(elements, function (element) {
      if (element.querySelector("p, li, tr")) return; // its parts are read
      if (element.nodeName !== "TR" && element.closest("tr")) return; // the row is read whole
      sentences(wordsOf(element)).forEach(function (words) { pieces.push({ element: element, words: words }); });
    });
    return pieces;
  }

  /* == the reader ============================================================================== */

  var pieces = [], at = 0, state = "stopped", speed = 1;
  var current = null; // the utterance being read; also keeps it from being thrown away half-read

  function storedSpeed() {
    try { return parseFloat(localStorage.getItem(SPEED_KEY)) || 1; } catch (e) { return 1; }
  }
  function showSpeed() {
    var buttons = player.querySelectorAll("[data-speed]");
    for (var i = 0; i < buttons.length; i++)
      buttons[i].setAttribute("aria-pressed", String(parseFloat(buttons[i].getAttribute("data-speed")) === speed));
  }
  function mark(element) {
    var marked = document.querySelector(".is-spoken");
    if (marked === element) return;
    if (marked) marked.classList.remove("is-spoken");
    if (!element) return;
    element.classList.add("is-spoken");
    var box = element.getBoundingClientRect();
    if (box.top < 0 || box.bottom > window.innerHeight - player.offsetHeight) {
      var still = window.matchMedia && matchMedia("(prefers-reduced-motion: reduce)").matches;
      try { element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" }); }
      catch (e) { element.scrollIntoView(); }
    }
  }
  function hush() { current = null; synthesis.cancel(); }
  function readOn() {
    if (at >= pieces.length) return stop("Đã đọc hết bài");
    var piece = pieces[at], speech = new SpeechSynthesisUtterance(window.readable(piece.words));
    speech.lang = "vi-VN";
    speech.voice = vietnameseVoice();
    speech.rate = speed;
    // What was cut short ends, too; only the piece being read leads to the next one.
    speech.onend = speech.onerror = function () {
      if (current !== speech) return;
      at += 1;
      readOn();
    };
    current = speech;
    mark(piece.element);
    synthesis.speak(speech);
  }
  function play() {
    state = "playing";
    toggle.textContent = "Tạm dừng";
    readOn();
  }
  // Many phones cannot pause a voice: it stops, and starts again at the same sentence.
  function pause() {
    state = "paused";
    toggle.textContent = "Đọc tiếp";
    hush();
    say("Đã tạm dừng");
  }
  function stop(words) {
    state = "stopped";
    hush();
    mark(null);
    document.documentElement.classList.remove("is-listening");
    var held = player.contains(document.activeElement);
    player.hidden = true;
    button.setAttribute("aria-pressed", "false");
    if (held) button.focus();
    say(words);
  }

  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", function () {
    if (state !== "stopped") return stop("Đã dừng đọc");
    pieces = piecesOfPage();
    at = 0;
    speed = storedSpeed();
    showSpeed();
    player.hidden = false;
    button.setAttribute("aria-pressed", "true");
    document.documentElement.classList.add("is-listening");
    say("Đang đọc bài");
    hush();
    play();
    toggle.focus({ preventScroll: true });
  });
  toggle.addEventListener("click", function () { if (state === "playing") pause(); else play(); });
  player.querySelector("[data-player=stop]").addEventListener("click", function () { stop("Đã dừng đọc"); });
  player.addEventListener("click", function (event) {
    var chosen = event.target.getAttribute("data-speed");
    if (!chosen) return;
    speed = parseFloat(chosen);
    try { localStorage.setItem(SPEED_KEY, chosen); } catch (e) { /* private mode: holds for this page */ }
    showSpeed();
    if (state === "playing") { hush(); readOn(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && state !== "stopped" && !document.querySelector("dialog[open]")) stop("Đã dừng đọc");
  });
  window.addEventListener("pagehide", function () { if (state !== "stopped") stop(""); });
})();
