/* Offers names of units while somebody types. Without it the typed name works as well. */
(function () {
  "use strict";
  var inputs = document.querySelectorAll("input[data-suggest]");

  function offer(input) {
    var list = document.getElementById(input.getAttribute("list"));
    var waiting = 0, asked = "";
    function show(answer) {
      list.textContent = "";
      (answer.results || []).slice(0, 10).forEach(function (unit) {
        var option = document.createElement("option");
        option.value = unit.label;
        list.appendChild(option);
      });
    }
    function ask() {
      var text = input.value.trim();
      if (text.length < 2 || text === asked) return;
      asked = text;
      fetch(input.getAttribute("data-suggest") + "?q=" + encodeURIComponent(text), { credentials: "omit" })
        .then(function (response) { return response.ok ? response.json() : {}; })
        .then(function (answer) { if (asked === text) show(answer); })
        .catch(function () { /* no network: the name alone will do */ });
    }
    input.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 250);
    });
  }

  if (window.fetch) for (var i = 0; i < inputs.length; i++) offer(inputs[i]);
})();
