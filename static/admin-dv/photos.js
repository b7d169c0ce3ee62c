/* The rows of photos: one for each that has come up or was taken from the library, with its picture; what
   a row lacks stands at its top; the photographer is written once. */
(function () {
  "use strict";
  var group, add;

  function rows() {
    return [].slice.call(group.querySelectorAll(".inline-related:not(.empty-form)"));
  }
  function part(row, name) { return row.querySelector("[name$='-" + name + "']"); }

  // [key, name] of somebody chosen in a picker.
  function chosen(select) {
    var option = select && select.options[select.selectedIndex];
    return option && option.value ? [option.value, option.textContent] : null;
  }
  function choose(select, person) {
    if (!select || !person) return;
    if (![].some.call(select.options, function (option) { return option.value === person[0]; })) {
      select.appendChild(new Option(person[1], person[0]));
    }
    select.value = person[0];
    if (window.django && window.django.jQuery) window.django.jQuery(select).trigger("change");
    else select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  // The byline's photographer, where there is just one.
  function onlyPhotographer() {
    var people = [].filter.call(document.querySelectorAll("#contributions-group .inline-related:not(.empty-form)"), function (row) {
      var role = part(row, "role"), gone = part(row, "DELETE");
      return role && role.value === "photographer" && !(gone && gone.checked) && chosen(part(row, "person"));
    }).map(function (row) { return chosen(part(row, "person")); });
    return people.length === 1 ? people[0] : null;
  }

  function newRow(picture, words) {
    add = add || group.querySelector(".add-row a");
    add.click();
    var all = rows(), row = all[all.length - 1];
    part(row, "kept").value = picture.token;
    var image = document.createElement("img");
    image.src = picture.url;
    if (picture.width) {
      image.width = picture.width;
      image.height = picture.height;
    }
    image.alt = words;
    row.querySelector(".thumb").appendChild(image);
    var file = row.querySelector("input[type=file]");
    if (file) file.closest(".form-row").hidden = true;
    if (picture.caption) part(row, "caption").value = picture.caption;
    if (picture.alt) part(row, "alt").value = picture.alt;
    if (picture.creditText) part(row, "credit_text").value = picture.creditText;
    if (picture.credit) choose(part(row, "credit"), picture.credit);
    else if (!picture.creditText) choose(part(row, "credit"), onlyPhotographer());
    row.dispatchEvent(new CustomEvent("photo:shown", { bubbles: true }));
    sayLacks(row);
    return row;
  }

  function sayLacks(row) {
    var line = row.querySelector("[data-lacks]");
    if (!line || !row.querySelector(".thumb img")) return;
    var lacks = [["chú thích", ["caption"]], ["người chụp", ["credit", "credit_text"]], ["mô tả", ["alt"]]].filter(function (one) {
      return one[1].every(function (name) { var field = part(row, name); return !field || !field.value.trim(); });
    }).map(function (one) { return one[0]; }).join(", ");
    line.textContent = lacks ? "Còn thiếu: " + lacks : "";
    line.hidden = !lacks;
  }

  function copyCredit(status) {
    var person = onlyPhotographer(), text = "", copied = 0;
    rows().some(function (row) {
      if (person) return true;
      person = chosen(part(row, "credit"));
      text = person ? "" : part(row, "credit_text").value.trim();
      return person || text;
    });
    if (!person && !text) {
      status.textContent = "Hãy ghi người chụp ở “Người thực hiện” hoặc ở một ảnh, rồi bấm lại.";
      return;
    }
    rows().forEach(function (row) {
      if (chosen(part(row, "credit")) || part(row, "credit_text").value.trim()) return;
      if (person) choose(part(row, "credit"), person);
      else part(row, "credit_text").value = text;
      copied += 1;
      sayLacks(row);
    });
    status.textContent = copied ? "Đã ghi " + (person ? person[1] : text) + " cho " + copied + " ảnh." : "Ảnh nào cũng đã có người chụp.";
  }

  document.addEventListener("DOMContentLoaded", function () {
    group = document.getElementById("photos-group");
    if (!group) return;
    var area = document.querySelector(".new-photos");
    if (area) {
      area.addEventListener("photo:arrived", function (event) {
        newRow(event.detail.picture, "Ảnh vừa tải lên: " + event.detail.name);
      });
      area.addEventListener("photo:chosen", function (event) {
        newRow(event.detail, event.detail.alt || event.detail.caption || "Ảnh lấy từ kho");
      });
      var copy = area.querySelector("[data-copy-credit]");
      if (copy) {
        copy.hidden = false;
        copy.addEventListener("click", function () { copyCredit(area.querySelector("[data-copied]")); });
      }
    }
    group.addEventListener("input", function (event) { sayLacks(event.target.closest(".inline-related")); });
    window.addEventListener("load", function () {
      if (!window.django || !window.django.jQuery) return;
      window.django.jQuery(group).on("change", "select", function () { sayLacks(this.closest(".inline-related")); });
    });
  });
})();
