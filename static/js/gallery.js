/* Photos open large, one after the other, with caption and credit. Without script, or without
   <dialog>, each is a plain link to its largest file. */
(function () {
  "use strict";
  var links = Array.prototype.slice.call(document.querySelectorAll("a.photo-link"));
  if (!links.length || !window.HTMLDialogElement || !HTMLDialogElement.prototype.showModal) return;

  var at = 0, opener = null;
  var viewer = document.createElement("dialog");
  viewer.className = "viewer";
  viewer.setAttribute("aria-label", "Xem ảnh");

  function add(parent, name, className, words) {
    var element = document.createElement(name);
    element.className = className;
    if (words) element.textContent = words;
    parent.appendChild(element);
    return element;
  }
  function addButton(parent, words, label, deed) {
    var button = add(parent, "button", "button button--plain", words);
    button.type = "button";
    if (label) button.setAttribute("aria-label", label);
    button.addEventListener("click", deed);
    return button;
  }

  var head = add(viewer, "div", "viewer-head");
  var count = add(head, "p", "viewer-count");
  count.setAttribute("role", "status");
  addButton(head, "Đóng", "", function () { viewer.close(); });
  var frame = add(viewer, "div", "viewer-photo");
  var image = add(frame, "img", "");
  var foot = add(viewer, "div", "viewer-foot");
  var back = addButton(foot, "‹", "Ảnh trước", function () { turn(-1); });
  var words = add(foot, "div", "viewer-words");
  var caption = add(words, "p", "");
  var original = add(add(words, "p", ""), "a", "", "Tải ảnh gốc");
  original.href = links[0].getAttribute("data-original"); // never a link that leads nowhere
  original.setAttribute("download", "");
  var on = addButton(foot, "›", "Ảnh sau", function () { turn(1); });

  function show(index) {
    at = index;
    var link = links[at], small = link.querySelector("img");
    var figure = link.closest("figure").querySelector("figcaption");
    image.removeAttribute("srcset");
    image.removeAttribute("src"); // never the old photo above the new words
    image.width = small.getAttribute("width");
    image.height = small.getAttribute("height");
    image.alt = small.alt;
    // The device takes what its screen can show; the link's own file is for those who know no srcset.
    var webp = link.querySelector("source:not([media])");
    image.sizes = "100vw";
    image.srcset = webp ? webp.srcset : "";
    image.src = link.href;
    count.textContent = "Ảnh " + (at + 1) + "/" + links.length;
    caption.textContent = figure ? figure.textContent.replace(/\s+/g, " ").trim() : "";
    original.href = link.getAttribute("data-original");
    back.disabled = at === 0;
    on.disabled = at === links.length - 1;
    back.hidden = on.hidden = links.length === 1;
  }
  function turn(step) {
    if (!links[at + step]) return;
    show(at + step);
    // A disabled button drops the focus; the other one still works.
    if (document.activeElement === document.body || document.activeElement.disabled) (step > 0 ? back : on).focus();
  }

  document.body.appendChild(viewer);
  links.forEach(function (link, index) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new window was wished for
      event.preventDefault();
      opener = link;
      show(index);
      viewer.showModal();
    });
  });
  viewer.addEventListener("keydown", function (event) {
    if (event.key === "ArrowRight") turn(1);
    else if (event.key === "ArrowLeft") turn(-1);
    else return;
    event.preventDefault();
  });
  viewer.addEventListener("close", function () { if (opener) opener.focus(); });

  /* — a finger's swipe; two fingers enlarge, as everywhere — */
  var startX = null, startY = 0;
  frame.addEventListener("touchstart", function (event) {
    startX = event.touches.length === 1 ? event.touches[0].clientX : null;
    startY = event.touches[0].clientY;
  }, { passive: true });
  frame.addEventListener("touchend", function (event) {
    if (startX === null) return;
    var x = event.changedTouches[0].clientX - startX, y = event.changedTouches[0].clientY - startY;
    startX = null;
    if (Math.abs(x) > 45 && Math.abs(x) > 1.5 * Math.abs(y)) turn(x < 0 ? 1 : -1);
  }, { passive: true });
})();
