/* The point of a photo that no cut may lose: pressed on the picture, or moved with the arrow keys. The two
   numbers below it do the same without this script. */
(function () {
  "use strict";
  var CUTS = [["Thẻ chia sẻ", 1200, 630], ["Ô vuông", 1, 1]];

  function clamp(value) { return Math.max(0, Math.min(100, Math.round(value))); }
  function make(tag, className, text) {
    var made = document.createElement(tag);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }
  // As the share card is cut: the point as near the middle as the edge lets.
  function offset(focus, length, kept) {
    if (length - kept < 1e-6) return 50;
    return 100 * Math.max(0, Math.min(1, (focus / 100 * length - kept / 2) / (length - kept)));
  }

  function equip(row) {
    var image = row.querySelector(".thumb img");
    var x = row.querySelector("[name$='-focal_x']"), y = row.querySelector("[name$='-focal_y']");
    if (!image || !x || !y || row.querySelector(".focus-pick")) return;
    var pick = make("button", "focus-pick"), marker = make("span", "focus-marker");
    pick.type = "button";
    image.parentNode.insertBefore(pick, image);
    pick.appendChild(image);
    pick.appendChild(marker);
    var hint = make("p", "help", "Bấm vào chỗ quan trọng nhất, ví dụ khuôn mặt; hoặc dùng phím mũi tên.");
    pick.parentNode.appendChild(hint);
    var cuts = make("div", "focus-cuts");
    var shown = CUTS.map(function (cut) {
      var figure = make("figure", "focus-cut"), frame = make("div", "focus-frame"), copy = document.createElement("img");
      copy.alt = "";
      frame.style.aspectRatio = cut[1] + " / " + cut[2];
      frame.appendChild(copy);
      figure.appendChild(frame);
      figure.appendChild(make("figcaption", "help", cut[0]));
      cuts.appendChild(figure);
      return copy;
    });
    pick.parentNode.appendChild(cuts);

    function draw() {
      var left = clamp(+x.value || 0), top = clamp(+y.value || 0);
      var width = image.naturalWidth || 3, height = image.naturalHeight || 2;
      marker.style.left = left + "%";
      marker.style.top = top + "%";
      pick.setAttribute("aria-label", "Tâm ảnh: ngang " + left + "%, dọc " + top + "%. Bấm vào ảnh hoặc dùng phím mũi tên để đổi.");
      shown.forEach(function (copy, i) {
        var ratio = CUTS[i][1] / CUTS[i][2];
        if (copy.src !== image.src) copy.src = image.src;
        copy.style.objectPosition = offset(left, width, Math.min(width, height * ratio)) + "% " +
          offset(top, height, Math.min(height, width / ratio)) + "%";
      });
    }
    function move(left, top) {
      x.value = clamp(left);
      y.value = clamp(top);
      x.dispatchEvent(new Event("input", { bubbles: true }));
      draw();
    }
    pick.addEventListener("click", function (event) {
      if (!event.detail) return; // Enter or space: the keys below move it
      var box = image.getBoundingClientRect();
      move(100 * (event.clientX - box.left) / box.width, 100 * (event.clientY - box.top) / box.height);
    });
    pick.addEventListener("keydown", function (event) {
      var steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      var step = steps[event.key], size = event.shiftKey ? 10 : 2;
      if (!step) return;
      event.preventDefault();
      move(+x.value + step[0] * size, +y.value + step[1] * size);
    });
    [x, y].forEach(function (field) { field.addEventListener("input", draw); });
    image.addEventListener("load", draw);
    draw();
  }

  document.addEventListener("DOMContentLoaded", function () {
    [].forEach.call(document.querySelectorAll("#photos-group .inline-related:not(.empty-form)"), equip);
  });
  document.addEventListener("photo:shown", function (event) { equip(event.target); });
})();
