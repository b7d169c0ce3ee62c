/* Photos go up by themselves while the writer goes on: dropped or chosen, two at a time, each with its
   progress, a stop and a second try. What has arrived is told by the event "photo:arrived" on the area,
   in the order the photos were chosen. Without this script the files travel with the form. */
(function () {
  "use strict";
  var AT_ONCE = 2, TRIES_WHILE_BUSY = 4, MOST_BYTES = 20 * 1024 * 1024;

  function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }
  // Who signed in again in another window has a new token; the cookie knows it, this page does not.
  function csrf() {
    var cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    var field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : field ? field.value : "";
  }

  function equip(area) {
    var inputs = [].slice.call(area.querySelectorAll("[data-new-photos]"));
    if (!inputs.length || !window.FormData) return;
    var form = inputs[0].form;
    var list = area.querySelector(".upload-notes");
    var sum = area.querySelector(".upload-sum");
    var items = [], pressed = null, heldBack = false;

    function running() { return items.filter(function (item) { return item.state === "sending"; }).length; }
    function open() { return items.filter(function (item) { return item.state === "waiting" || item.state === "sending"; }); }
    function count(state) { return items.filter(function (item) { return item.state === state; }).length; }

    function tell() {
      var done = count("done"), failed = count("failed"), left = open().length;
      var all = items.length - count("stopped");
      var words = all ? done + "/" + all + " ảnh đã lên." : "";
      if (left) words += pressed ? " Xong ảnh cuối, bài sẽ được lưu ngay." : " Bạn cứ viết tiếp.";
      if (failed) words += " " + failed + " ảnh chưa được: " + items.filter(function (item) {
        return item.state === "failed";
      }).map(function (item) { return item.file.name; }).join(", ") + ".";
      if (heldBack) words += " Bài chưa lưu; bấm lưu lần nữa là lưu không có những ảnh ấy.";
      if (sum.textContent !== words) sum.textContent = words;
      area.classList.toggle("is-sending", left > 0);
    }

    function show(item) {
      item.line = make("li", "upload");
      item.words = make("p", "upload-words", item.file.name + ": đang chờ tới lượt");
      item.bar = make("progress");
      item.bar.max = 100;
      item.bar.value = 0;
      item.bar.setAttribute("aria-label", "Đang gửi " + item.file.name);
      item.stop = button("Dừng", item, function () { stop(item); });
      item.again = button("Gửi lại", item, function () { again(item); });
      item.again.hidden = true;
      [item.words, item.bar, item.stop, item.again].forEach(function (part) { item.line.appendChild(part); });
      list.appendChild(item.line);
    }
    function button(words, item, deed) {
      var made = make("button", "button button--plain", words);
      made.type = "button";
      made.setAttribute("aria-label", words + ": " + item.file.name);
      made.addEventListener("click", deed);
      return made;
    }
    // What the server has looked at and refused is refused again: no second try for that.
    function say(item, words, state, isFinal) {
      var held = document.activeElement === item.stop || document.activeElement === item.again;
      item.state = state;
      item.words.textContent = item.file.name + ": " + words;
      item.line.className = "upload " + state;
      item.bar.hidden = state !== "waiting" && state !== "sending";
      item.stop.hidden = item.bar.hidden;
      item.again.hidden = isFinal || (state !== "failed" && state !== "stopped");
      // Whoever pressed the button that has just gone stands at the one that took its place.
      if (held && !item.again.hidden) item.again.focus();
    }

    function next() {
      items.forEach(function (item) {
        if (item.state === "waiting" && !item.pause && running() < AT_ONCE) send(item);
      });
      tell();
      handOver();
      if (!open().length && pressed) goOn();
    }
    // In the order they were chosen: a small photo does not overtake a large one.
    function handOver() {
      for (var i = 0; i < items.length; i += 1) {
        var item = items[i];
        if (item.state === "waiting" || item.state === "sending") return;
        if (item.answer && !item.given) {
          item.given = true;
          area.dispatchEvent(new CustomEvent("photo:arrived", { bubbles: true, detail: { picture: item.answer, name: item.file.name } }));
        }
      }
    }
    function goOn() {
      var by = pressed;
      pressed = null;
      // The report would go without it, and nobody would notice.
      heldBack = count("failed") > 0;
      if (heldBack) tell(); else by.click();
    }

    function send(item) {
      var request = item.request = new XMLHttpRequest();
      var body = new FormData();
      body.append("upload", item.file);
      say(item, "đang gửi…", "sending");
      request.open("POST", area.getAttribute("data-upload"));
      request.setRequestHeader("X-CSRFToken", csrf());
      request.upload.addEventListener("progress", function (event) {
        if (!event.lengthComputable) return;
        var part = Math.round(100 * event.loaded / event.total);
        item.bar.value = part;
        item.words.textContent = item.file.name + ": " + (part < 100 ? "đã gửi " + part + "%" : "đang xử lý…");
      });
      request.addEventListener("load", function () { answered(item, request); next(); });
      request.addEventListener("error", function () {
        say(item, "chưa gửi được. Hãy xem lại mạng rồi bấm Gửi lại.", "failed");
        next();
      });
      request.addEventListener("abort", next);
      request.send(body);
    }
    function answered(item, request) {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (e) { /* not our answer */ }
      if (answer && answer.uploaded) {
        item.answer = answer;
        say(item, "đã thêm, hãy ghi chú thích.", "done");
      } else if (request.status === 503 && item.tries < TRIES_WHILE_BUSY) {
        item.tries += 1;
        item.pause = true;
        say(item, "máy chủ đang bận, sẽ tự gửi lại.", "waiting");
        window.setTimeout(function () { item.pause = false; next(); }, 1500 * item.tries);
      } else if (answer && answer.error) {
        say(item, answer.error.message, "failed", request.status === 400);
      } else if (request.status === 413) {
        say(item, "lớn hơn mức máy chủ nhận. Hãy gửi bản nhỏ hơn, ví dụ lưu lại từ Zalo.", "failed", true);
      } else if (request.status === 403 || /\/login\//.test(request.responseURL)) {
        say(item, "bạn đã bị thoát ra. Hãy mở trang quản trị ở thẻ khác, đăng nhập rồi quay lại bấm Gửi lại.", "failed");
      } else {
        say(item, "máy chủ chưa nhận được. Hãy bấm Gửi lại.", "failed");
      }
    }
    function stop(item) {
      var request = item.state === "sending" && item.request;
      say(item, "đã dừng.", "stopped");
      if (request) request.abort(); else next();
    }
    function again(item) {
      // At the end of the line, where those stand that have not been handed over yet.
      items.splice(items.indexOf(item), 1);
      items.push(item);
      item.tries = 0;
      item.pause = false;
      item.bar.value = 0;
      say(item, "đang chờ tới lượt", "waiting");
      item.stop.focus();
      next();
    }

    function take(files) {
      heldBack = false;
      if (!open().length) {
        list.textContent = "";
        items = [];
      }
      files.forEach(function (file) {
        var item = { file: file, state: "waiting", tries: 0 };
        items.push(item);
        show(item);
        if (file.size > MOST_BYTES) say(item, "lớn hơn 20 MB. Hãy gửi bản nhỏ hơn, ví dụ lưu lại từ Zalo.", "failed", true);
      });
      next();
    }

    inputs.forEach(function (input) {
      input.addEventListener("change", function () {
        var files = [].slice.call(input.files);
        input.value = "";
        [].forEach.call(area.querySelectorAll(".file-pick .help"), function (names) { names.textContent = ""; });
        take(files);
      });
    });

    // Whoever presses a button while a photo is still on its way waits for it; no other script of the
    // page is to think that the form has gone.
    form.addEventListener("submit", function (event) {
      if (!open().length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = event.submitter || document.activeElement;
      tell();
    }, true);

    // Files dropped beside the area would take the browser away from a half-written report.
    var depth = 0;
    function carriesFiles(event) {
      return event.dataTransfer && [].indexOf.call(event.dataTransfer.types, "Files") >= 0;
    }
    document.addEventListener("dragenter", function (event) {
      if (!carriesFiles(event)) return;
      depth += 1;
      area.classList.add("is-awaited");
    });
    document.addEventListener("dragleave", function (event) {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (!depth) area.classList.remove("is-awaited");
    });
    document.addEventListener("dragover", function (event) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = area.contains(event.target) ? "copy" : "none";
    });
    document.addEventListener("drop", function (event) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      area.classList.remove("is-awaited");
      if (area.contains(event.target)) take([].slice.call(event.dataTransfer.files));
    });
    area.classList.add("is-ready");
  }

  document.addEventListener("DOMContentLoaded", function () {
    [].forEach.call(document.querySelectorAll("[data-upload]"), equip);
  });
})();
