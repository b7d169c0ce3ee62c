/* The editor's uploads carry the CSRF token, and a refusal is shown in the server's own words. */
(function () {
  "use strict";
  if (!window.CKEDITOR) return;
  window.CKEDITOR.on("instanceReady", function (event) {
    var label = document.querySelector('label[for="' + event.editor.name + '"]');
    if (label) event.editor.container.setAttribute("aria-label", label.textContent.trim());
    event.editor.on("fileUploadRequest", function (request) {
      var loader = request.data.fileLoader;
      var token = document.querySelector("input[name=csrfmiddlewaretoken]");
      loader.xhr.setRequestHeader("X-CSRFToken", token ? token.value : "");
      loader.xhr.addEventListener("readystatechange", function () {
        if (loader.xhr.readyState !== 4 || loader.xhr.status < 400) return;
        try {
          loader.lang.filetools["httpError" + loader.xhr.status] = JSON.parse(loader.xhr.responseText).error.message;
        } catch (e) { /* not our answer: the editor's own words */ }
      });
    });
  });
})();
