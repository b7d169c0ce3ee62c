/* Several photos at once: each goes up by itself while the writer goes on, and comes back as a row
   with a picture and room for its words. Without this script the files go with the form. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var input = document.querySelector("[data-new-photos]");
    var area = input && input.closest(".new-photos");
    var add = document.querySelector("#photos-group .add-row a");
    if (!area || !window.FormData || !window.fetch) return;
    var notes = area.querySelector(".upload-notes");
    var token = document.querySelector("input[name=csrfmiddlewaretoken]").value;

    // Whoever presses a button while a photo is still on its way waits for it; otherwise the report
    // would go without the photo, and nobody would notice.
    var onTheirWay = 0, pressed = null, lost = false;
    input.form.addEventListener("submit", function (event) {
      if (!onTheirWay) return;
      event.preventDefault();
      pressed = event.submitter || document.activeElement;
      note("Ảnh đang gửi. Xong ảnh cuối, bài sẽ được lưu ngay.", false);
    });
    function arrived() {
      onTheirWay -= 1;
      if (onTheirWay || !pressed) return;
      var button = pressed;
      pressed = null;
      if (!lost) button.click();
    }

    function note(text, failed) {
      var line = document.createElement("li");
      line.textContent = text;
      if (failed) line.className = "failed";
      notes.appendChild(line);
      return line;
    }
    function newRow(picture, fileName) {
      add = add || document.querySelector("#photos-group .add-row a");
      add.click();
      var all = document.querySelectorAll("#photos-group .inline-related:not(.empty-form)");
      var row = all[all.length - 1];
      row.querySelector("input[name$=-kept]").value = picture.token;
      var image = document.createElement("img");
      image.src = picture.url;
      image.alt = "Ảnh vừa tải lên: " + fileName;
      row.querySelector(".thumb").appendChild(image);
      var file = row.querySelector("input[type=file]");
      if (file) file.closest(".form-row").hidden = true;
    }
    function send(file) {
      var line = note("Đang gửi " + file.name + "…", false);
      var body = new FormData();
      body.append("upload", file);
      return fetch(area.getAttribute("data-upload"), {
        method: "POST", body: body, credentials: "same-origin", headers: { "X-CSRFToken": token }
      }).then(function (response) {
        return response.json().then(function (answer) {
          if (!answer.uploaded) throw new Error(answer.error.message);
          newRow(answer, file.name);
          line.textContent = file.name + ": đã thêm, hãy ghi chú thích.";
        });
      }).catch(function (error) {
        lost = true;
        line.className = "failed";
        line.textContent = file.name + ": " + (error instanceof SyntaxError || error instanceof TypeError
          ? "chưa gửi được. Hãy xem lại mạng rồi chọn lại ảnh." : error.message);
      }).then(arrived);
    }
    input.addEventListener("change", function () {
      var files = [].slice.call(input.files);
      input.value = "";
      var names = area.querySelector(".file-pick .help");
      if (names) names.textContent = "";
      notes.textContent = "";
      lost = false;
      onTheirWay += files.length;
      files.reduce(function (before, file) { return before.then(function () { return send(file); }); }, Promise.resolve());
    });
  });
})();
