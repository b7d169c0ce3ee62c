/* The editor: uploads carry the CSRF token, a refusal is shown in the server's own words, and what its
   Vietnamese catalogue left in English is said here. */
(function () {
  "use strict";
  var CKEDITOR = window.CKEDITOR;
  if (!CKEDITOR) return;

  var PASTE = "Bấm %1 để dán. Trình duyệt này không cho dán bằng nút.";
  var WORDS = {
    application: "Ô soạn thảo",
    common: { url: "Địa chỉ" },
    notification: { closed: "Đã đóng thông báo." },
    toolbar: { toolbarGroups: { clipboard: "Dán, hoàn tác" } },
    clipboard: {
      pasteNotification: PASTE,
      pasteMsg: "Dán vào ô dưới rồi bấm Đồng ý.",
      fileFormatNotSupportedNotification: "Không nhận tệp ${formats}.",
      fileWithoutFormatNotSupportedNotification: "Không nhận loại tệp này."
    },
    pastetext: { pasteNotification: PASTE },
    format: { tag_h2: "Đề mục lớn", tag_h3: "Đề mục nhỏ" },
    link: {
      displayText: "Chữ hiện ra", noTel: "Hãy gõ số điện thoại", phoneNumber: "Số điện thoại",
      toUrl: "Trang web", toPhone: "Điện thoại", download: "Tải về",
      anchor: { errorWhitespace: "Tên điểm neo không có dấu cách" }
    },
    table: { heightUnit: "đơn vị chiều cao", cell: { columnHeader: "Đầu cột", rowHeader: "Đầu dòng" } },
    widget: { label: "Khung %1" },
    uploadwidget: {
      abort: "Đã dừng tải lên.",
      doneOne: "Đã tải ảnh lên.",
      doneMany: "Đã tải lên %1 ảnh.",
      uploadOne: "Đang tải ảnh lên ({percentage}%)…",
      uploadMany: "Đang tải ảnh lên: {current} trong {max} ({percentage}%)…"
    }
  };

  function say(words, into) {
    Object.keys(words).forEach(function (key) {
      if (typeof words[key] === "string") into[key] = words[key];
      else if (into[key]) say(words[key], into[key]);
    });
  }
  function tokenOfPage() {
    var field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }
  function carryToken(request) {
    var loader = request.data.fileLoader;
    loader.xhr.setRequestHeader("X-CSRFToken", tokenOfPage());
    loader.xhr.addEventListener("readystatechange", function () {
      if (loader.xhr.readyState !== 4 || loader.xhr.status < 400) return;
      try {
        loader.lang.filetools["httpError" + loader.xhr.status] = JSON.parse(loader.xhr.responseText).error.message;
      } catch (e) { /* not our answer: the editor's own words */ }
    });
  }

  CKEDITOR.on("instanceCreated", function (event) {
    event.editor.on("langLoaded", function () { say(WORDS, event.editor.lang); });
    event.editor.on("fileUploadRequest", carryToken);
  });
  CKEDITOR.on("instanceReady", function (event) {
    var label = document.querySelector('label[for="' + event.editor.name + '"]');
    var frame = event.editor.container.findOne("iframe");
    if (label && frame) frame.setAttribute("title", label.textContent.trim());
  });
})();
