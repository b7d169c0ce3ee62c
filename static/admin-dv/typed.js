/* What is typed survives: kept by the server every 20 seconds when something changed, in this tab when
   the network or the session is gone. Before a form is sent the page asks whether anybody is still
   signed in, so that no text ends in front of a login page. Without this script the form saves as ever. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var area = document.querySelector("[data-keep]");
    var form = area && area.closest("form");
    if (!form || !window.fetch || !window.FormData || !window.URLSearchParams || !window.Promise) return;

    var EVERY = 20000, RETRY = 5000, SILENCE = 120000, PATIENCE = 15000;
    var status = area.querySelector("[role=status]");
    var user = area.getAttribute("data-user");
    var place = "chu-go:" + location.pathname;
    var kept = null, lastBeat = 0, lastActive = Date.now(), beating = false, ending = false, again = null;

    /* == what stands in the form ============================================================== */

    function editors() {
      var found = window.CKEDITOR ? window.CKEDITOR.instances : {};
      return Object.keys(found).map(function (name) { return found[name]; });
    }
    function fields(withEditor) {
      if (withEditor) editors().forEach(function (editor) {
        if (editor.status === "ready") editor.updateElement();
      });
      var names = window.CKEDITOR ? [].map.call(
        form.querySelectorAll("textarea[data-type=ckeditortype]"), function (area) { return area.name; }
      ) : [];
      var typed = new URLSearchParams();
      new FormData(form).forEach(function (value, name) {
        if (typeof value !== "string" || name === "csrfmiddlewaretoken" || name.charAt(0) === "_") return;
        if (withEditor || names.indexOf(name) < 0) typed.append(name, value);
      });
      return typed.toString();
    }
    // The editor writes its own HTML differently; only it knows whether somebody typed in it.
    function isChanged() {
      return fields(false) !== kept || editors().some(function (editor) {
        return editor.status === "ready" && editor.checkDirty();
      });
    }
    function isUnchangedNow() {
      kept = fields(false);
      editors().forEach(function (editor) { if (editor.status === "ready") editor.resetDirty(); });
    }

    /* == what people are told ================================================================= */

    function clock(at) {
      var two = function (number) { return (number < 10 ? "0" : "") + number; };
      return two(at.getHours()) + ":" + two(at.getMinutes());
    }
    function tell(text, isTrouble) {
      if (status.textContent !== text) status.textContent = text;
      status.className = isTrouble ? "trouble" : "";
    }
    function tellSessionOver() {
      tell("Phiên làm việc đã hết; chữ bạn gõ vẫn còn ở trang này. Mở ", true);
      var link = document.createElement("a");
      link.href = area.getAttribute("data-login");
      link.target = "_blank";
      link.textContent = "trang đăng nhập ở thẻ khác";
      status.appendChild(link);
      status.appendChild(document.createTextNode(", đăng nhập rồi bấm Lưu lại."));
      status.scrollIntoView({ block: "center" });
    }
    var OFFLINE = "Mất mạng, đang thử lại. Chữ bạn gõ vẫn còn ở trang này.";

    /* == this tab's own memory ================================================================ */

    function remember() {
      try {
        sessionStorage.setItem(place, JSON.stringify({ user: user, at: clock(new Date()), fields: fields(true) }));
      } catch (e) { /* full or forbidden: the page itself still holds the words */ }
    }
    function forget() {
      try { sessionStorage.removeItem(place); } catch (e) { /* nothing there */ }
    }
    function remembered() {
      try { return JSON.parse(sessionStorage.getItem(place)); } catch (e) { return null; }
    }

    /* == asking the server ==================================================================== */

    function token() { return form.querySelector("input[name=csrfmiddlewaretoken]").value; }
    function ask(address, body) {
      var options = { credentials: "same-origin", headers: { Accept: "application/json" } };
      if (window.AbortController) {
        var controller = new AbortController();
        options.signal = controller.signal;
        setTimeout(function () { controller.abort(); }, PATIENCE);
      }
      if (body !== undefined) {
        options.method = "POST";
        options.body = body;
        options.headers["X-CSRFToken"] = token();
        options.headers["Content-Type"] = "application/x-www-form-urlencoded;charset=UTF-8";
      }
      return fetch(address, options).then(function (response) {
        var type = response.headers.get("Content-Type") || "";
        // Anything but our own answer: the login page, or a token of an earlier session.
        if (response.status === 403 || (response.ok && type.indexOf("json") < 0)) throw new Error("session");
        if (!response.ok) throw new Error("away");
        return response.json();
      });
    }
    // Who signed in again, in another tab, has another token.
    function session() {
      return ask(area.getAttribute("data-session")).then(function (answer) {
        if (String(answer.user) !== user) throw new Error("somebody else");
        document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (input) {
          input.value = answer.token;
        });
      });
    }
    function keep(body) {
      return ask(area.getAttribute("data-keep"), body).catch(function (error) {
        if (error.message !== "session") throw error;
        return session().then(function () { return ask(area.getAttribute("data-keep"), body); });
      });
    }
    function tellWhatWentWrong(error) {
      remember();
      if (error.message === "session") tellSessionOver();
      else if (error.message === "somebody else") {
        tell("Trình duyệt này nay đăng nhập bằng tài khoản khác, nên chưa lưu. Hãy đăng nhập lại tài khoản của bạn ở thẻ khác rồi bấm Lưu.", true);
      } else {
        tell(OFFLINE, true);
        clearTimeout(again);
        again = setTimeout(beat, RETRY);
      }
    }

    /* == every 20 seconds ===================================================================== */

    function beat() {
      if (beating || ending) return;
      var changed = isChanged();
      if (!changed && Date.now() - lastActive > SILENCE) return;  // gone; the session may end
      beating = true;
      lastBeat = Date.now();
      var body = changed ? fields(true) : "";
      if (changed) isUnchangedNow();
      keep(body).then(function (answer) {
        beating = false;
        if (answer.kept) forget();
        if (answer.trouble) tell(answer.trouble, true);
        else if (answer.kept) tell("Đã giữ bản gõ lúc " + answer.kept, false);
        else if (status.className) tell("", false);
      }).catch(function (error) {
        beating = false;
        if (changed) kept = null;  // to be sent again
        if (!ending) tellWhatWentWrong(error);
      });
    }
    function active() {
      lastActive = Date.now();
      if (Date.now() - lastBeat > EVERY) beat();
    }
    ["input", "keydown", "pointerdown", "focusin"].forEach(function (name) {
      document.addEventListener(name, active, true);
    });
    if (window.CKEDITOR) {
      window.CKEDITOR.on("instanceReady", function (event) {
        event.editor.on("key", active);
        event.editor.on("change", active);
      });
    }
    window.addEventListener("online", beat);
    setInterval(beat, EVERY);
    // Other scripts number rows and fill in years while the page settles; that is nobody's typing.
    kept = fields(false);
    var touched = false;
    form.addEventListener("input", function () { touched = true; });
    setTimeout(function () { if (!touched) kept = fields(false); }, 1500);

    /* == before the form is sent ============================================================== */

    var checking = false;
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented) return;  // photos are on their way: photos.js presses again
      if (ending) {
        if (ending === "sent") event.preventDefault();  // a second click is the same save
        else ending = "sent";
        return;
      }
      event.preventDefault();
      if (checking) return;
      checking = true;
      var button = event.submitter || document.activeElement;
      session().then(function () {
        checking = false;
        ending = "now";
        forget();
        if (button && button.form === form && button.click) button.click();
        else form.submit();
      }).catch(function (error) {
        checking = false;
        tellWhatWentWrong(error);
        if (error.message === "away" || error.name === "TypeError" || error.name === "AbortError") {
          tell("Mất mạng nên chưa lưu được. Chữ bạn gõ vẫn còn ở trang này; có mạng lại hãy bấm Lưu.", true);
        }
        status.scrollIntoView({ block: "center" });
      });
    });
    window.addEventListener("pageshow", function () { checking = false; ending = false; });

    /* == what an earlier page in this tab could not hand over ==================================== */

    var before = remembered();
    if (before && before.user === user && before.fields) {
      keep(before.fields).then(function (answer) {
        if (!answer.kept) return;
        forget();
        var found = document.querySelector("[data-found]");
        found.querySelector("[data-found-at]").textContent = "lúc " + before.at;
        var key = new URLSearchParams(before.fields).get("once_key");
        if (key) {
          found.querySelector("[data-bring-back]").href = "?lay-lai=" + encodeURIComponent(key);
          var dropped = document.querySelector("#bo-chu input[name=once_key]");
          if (!dropped) {
            dropped = document.createElement("input");
            dropped.type = "hidden";
            dropped.name = "once_key";
            document.getElementById("bo-chu").appendChild(dropped);
          }
          dropped.value = key;
        }
        found.hidden = false;
      }).catch(function () { /* still no network: the words stay in this tab */ });
    } else if (before) forget();
    beat();
  });
})();
