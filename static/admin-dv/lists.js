/* On a phone each row of a list is a card: tell each cell the heading of its column.
   Without this script the cards still read, only without the words before the values. */
(function () {
  "use strict";
  var table = document.getElementById("result_list");
  if (!table) return;
  var labels = [].map.call(table.querySelectorAll("thead th"), function (th) {
    return th.classList.contains("action-checkbox-column") ? "" : th.textContent.replace(/[▲▼]/g, "").trim();
  });
  [].forEach.call(table.tBodies[0].rows, function (row) {
    [].forEach.call(row.cells, function (cell, i) {
      if (cell.tagName === "TD" && labels[i]) cell.setAttribute("data-label", labels[i]);
      var text = cell.textContent.trim();
      if ((!text || text === "–") && !cell.querySelector("input, img")) cell.classList.add("is-blank");
    });
  });
})();
