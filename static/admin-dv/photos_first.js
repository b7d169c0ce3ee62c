/* "Thêm ảnh": what has come up is shown, and goes along when the report is to be written. */
(function () {
  "use strict";
  document.addEventListener("photo:arrived", function (event) {
    var list = document.querySelector("[data-arrived]"), picture = event.detail.picture;
    if (!list) return;
    var item = document.createElement("li"), image = document.createElement("img"), token = document.createElement("input");
    image.src = picture.url;
    image.width = picture.width;
    image.height = picture.height;
    image.alt = "Ảnh vừa lên: " + event.detail.name;
    token.type = "hidden";
    token.name = "anh";
    token.value = picture.token;
    item.appendChild(image);
    item.appendChild(token);
    list.appendChild(item);
  });
})();
