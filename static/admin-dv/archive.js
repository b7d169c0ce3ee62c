/* Goes on with a batch by itself, and ticks a whole page. Without it a button does each step. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-step]");
  if (form) {
    const button = form.querySelector("button");
    const bar = document.getElementById("thanh");
    const words = document.getElementById("so");
    const title = document.title;
    let running = false;
    let failures = 0;

    const say = (text) => { words.textContent = text; };
    const stop = (text) => {
      running = false;
      button.textContent = "Làm tiếp";
      document.title = title;
      if (text) say(text);
    };
    const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

    const step = async () => {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" },
        credentials: "same-origin", redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    };

    const run = async () => {
      running = true;
      button.textContent = "Tạm dừng";
      while (running) {
        try {
          const now = await step();
          failures = 0;
          bar.value = now.done;
          say(now.words);
          document.title = Math.floor(100 * now.done / Math.max(1, now.total)) + "% – " + title;
          if (now.refused && !now.busy) return stop(now.refused);
          if (!now.left) return window.location.replace(window.location.pathname);
          if (now.busy) await wait(3);
        } catch {
          failures += 1;
          if (failures > 5) return stop("Mất kết nối. Những gì đã làm vẫn còn; bấm “Làm tiếp” để thử lại.");
          await wait(2 * failures);
        }
      }
      stop("");
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (running) running = false;
      else run();
    });
    if (window.location.hash === "#chay") run();
  }

  const cards = document.querySelector("[data-cards]");
  if (cards) {
    const boxes = Array.from(cards.querySelectorAll("input[name=bai]"));
    const all = document.querySelector("[data-all]");
    const told = document.querySelector("[data-chosen]");
    let last = null;
    const count = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      told.textContent = chosen ? " (" + chosen + ")" : "";
      all.querySelector("input").checked = chosen === boxes.length;
    };
    all.hidden = false;
    all.addEventListener("change", (event) => {
      boxes.forEach((box) => { box.checked = event.target.checked; });
      count();
    });
    // Shift takes all between two ticks, as in every list of mails.
    cards.addEventListener("click", (event) => {
      const at = boxes.indexOf(event.target);
      if (at < 0) return;
      if (event.shiftKey && last !== null) {
        boxes.slice(Math.min(at, last), Math.max(at, last) + 1)
          .forEach((box) => { box.checked = event.target.checked; });
      }
      last = at;
      count();
    });
    count();
  }
})();
