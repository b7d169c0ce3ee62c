/* "6 tháng đầu năm" + 2026 + quy ước -> the two days. Typing a day by hand lets go of the choice. */
(function () {
  "use strict";
  var MONTHS = { nam: [1, 12], H1: [1, 6], H2: [7, 12], "9T": [1, 9], Q1: [1, 3], Q2: [4, 6], Q3: [7, 9], Q4: [10, 12] };

  function two(n) { return (n < 10 ? "0" : "") + n; }
  function words(day) { return two(day.getDate()) + "/" + two(day.getMonth() + 1) + "/" + day.getFullYear(); }
  function days(part, year, rule) {
    var months = MONTHS[part] || [Number(part), Number(part)];
    if (rule === "15-14") return [new Date(year, months[0] - 2, 15), new Date(year, months[1] - 1, 14)];
    return [new Date(year, months[0] - 1, 1), new Date(year, months[1], 0)];
  }

  document.addEventListener("DOMContentLoaded", function () {
    var part = document.querySelector("[data-ky=part]");
    var year = document.querySelector("[data-ky=year]");
    var rule = document.querySelector("[data-ky=rule]");
    var start = document.getElementById("id_period_start");
    var end = document.getElementById("id_period_end");
    if (!part || !year || !rule || !start || !end) return;
    function fill() {
      if (!part.value || !/^\d{4}$/.test(year.value)) return;
      var chosen = days(part.value, Number(year.value), rule.value);
      start.value = words(chosen[0]);
      end.value = words(chosen[1]);
    }
    [part, year, rule].forEach(function (field) { field.addEventListener("change", fill); });
    // The calendar writes a day without an event: what is in the fields when they are sent counts.
    part.form.addEventListener("submit", function () {
      if (!part.value || !/^\d{4}$/.test(year.value)) return;
      var chosen = days(part.value, Number(year.value), rule.value);
      if (start.value && end.value && (start.value !== words(chosen[0]) || end.value !== words(chosen[1]))) part.value = "";
    });
    [start, end].forEach(function (field) { field.addEventListener("input", function () { part.value = ""; }); });
  });
})();
