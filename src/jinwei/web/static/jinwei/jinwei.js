/* What the pages do beyond links and forms; without it they are just that.
   Floor: Chromium 86. No eval, no inline handlers, no request to another host. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  function on(name, act, early) { doc.addEventListener(name, act, !!early); }
  function each(within, selector, act) { within.querySelectorAll(selector).forEach(act); }
  function say(words) { var live = doc.getElementById("live"); if (live) live.textContent = words; }

  /* ---------- messages ---------- */
  function warn(words) {
    var box = doc.getElementById("messages"), note = doc.createElement("div");
    if (!box) return;
    note.className = "note lost";
    note.setAttribute("role", "alert");
    note.appendChild(doc.createElement("b")).textContent = words;
    box.textContent = "";
    box.appendChild(note);
  }

  /* ---------- large type: at once here, and kept by the server ---------- */
  function enlarge(event) {
    var form = event.target, button = form.querySelector("button");
    event.preventDefault();
    var body = new URLSearchParams(new FormData(form));
    body.append(button.name, button.value);
    var large = button.value === "large";
    if (large) root.dataset.type = "large"; else delete root.dataset.type;
    button.value = large ? "normal" : "large";
    button.setAttribute("aria-pressed", large);
    fetch(form.action, { method: "POST", body: body, credentials: "same-origin" })
      .catch(() => { warn(doc.body.dataset.lost); });
  }

  /* ---------- a form goes out once ---------- */
  function hold(form, button) {
    form.dataset.sent = "1";
    if (!button) return;
    setTimeout(() => {
      button.style.minWidth = button.offsetWidth + "px";
      button.kept = button.innerHTML;
      button.textContent = button.dataset.saving || doc.body.dataset.saving;
      button.setAttribute("aria-busy", "true");
      form.held = button;
    });
  }
  function release(form) {
    setTimeout(() => {
      delete form.dataset.sent;
      var button = form.held;
      if (!button) return;
      button.innerHTML = button.kept;
      button.removeAttribute("aria-busy");
      button.style.minWidth = "";
      form.held = null;
    });
  }
  on("submit", event => {
    var form = event.target;
    if (form.matches("[data-type-form]")) return enlarge(event);
    if (form.method !== "post" || form.matches("[data-again]")) return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    hold(form, event.submitter || form.querySelector("button:not([type=button])"));
  }, true);
  addEventListener("pageshow", event => { if (event.persisted) each(doc, "form[data-sent]", release); });

  /* ---------- the drawer: beside the list, or under its row where there is one column ---------- */
  var opener = null, home = null, under = null;
  function unmark() { each(doc, "tr.on", row => row.classList.remove("on")); }
  function beside(drawer) { return getComputedStyle(drawer).position !== "static"; }
  function back(drawer) {
    if (!home) return;
    home.replaceWith(drawer);
    under.remove();
    home = under = null;
  }
  function below(drawer, row) {
    home = doc.createComment("");
    drawer.replaceWith(home);
    under = doc.createElement("tr");
    under.className = "under";
    var cell = under.appendChild(doc.createElement("td"));
    cell.colSpan = [...row.cells].reduce((sum, one) => sum + one.colSpan, 0);
    row.after(under);
    cell.appendChild(drawer);
  }
  function close() {
    var drawer = doc.querySelector("[data-drawer]");
    if (!drawer || !opener) return false;
    var empty = doc.createElement("div");
    empty.id = drawer.id;
    back(drawer);
    drawer.replaceWith(empty);
    unmark();
    opener.focus();
    opener = null;
    return true;
  }
  function opened(drawer) {
    unmark();
    var row = opener?.isConnected && opener.closest("tr");
    back(drawer);
    if (row) row.classList.add("on");
    if (row && !beside(drawer)) below(drawer, row);
    drawer.focus();
  }
  addEventListener("resize", () => {
    var drawer = doc.querySelector("[data-drawer]");
    if (drawer && beside(drawer)) back(drawer);
  });

  /* ---------- attendance: one tap over a native list ---------- */
  function tappable(label) {
    var list = label.querySelector("select"), button = doc.createElement("button");
    var name = label.querySelector("span").textContent;
    label.removeAttribute("data-cycle");
    button.type = "button";
    function show() {
      button.className = "person " + list.value;
      button.textContent = name;
      button.appendChild(doc.createElement("em")).textContent = list.selectedOptions[0].textContent;
    }
    button.addEventListener("click", () => {
      list.selectedIndex = (list.selectedIndex + 1) % list.options.length;
      show();
      say(button.textContent);
      list.dispatchEvent(new Event("change", { bubbles: true }));
    });
    show();
    label.hidden = true;
    label.after(button);
  }

  /* ---------- a long list on a phone: heads that open their rows ---------- */
  function foldable(list) {
    list.removeAttribute("data-fold");
    if (!matchMedia("(max-width: 760px)").matches) return;
    each(list, "tr.group > th, header > h2", head => {
      var group = head.closest("tbody, section"), button = doc.createElement("button");
      button.type = "button";
      button.className = "fold";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      function fold() { button.setAttribute("aria-expanded", !group.classList.toggle("folded")); }
      button.addEventListener("click", fold);
      fold();
    });
  }
  function reveal() {
    var named = doc.getElementById(location.hash.slice(1)), group = named?.closest(".folded");
    if (!group) return;
    group.querySelector("button").click();
    named.scrollIntoView();
  }
  addEventListener("hashchange", reveal);

  /* ---------- what is new on the page ---------- */
  function ready(within) {
    each(within, "[data-fold]", foldable);
    reveal();
    each(within, "[data-cycle]", tappable);
    var summary = within.querySelector("[data-focus]");
    if (summary) summary.focus();
  }
  on("htmx:load", event => { if (event.detail.elt !== doc.body) ready(event.detail.elt.parentNode || doc); });
  on("htmx:beforeRequest", event => {
    var drawer = event.detail.target;
    if (drawer?.id === "drawer" && !(opener && drawer.contains(event.detail.elt))) opener = event.detail.elt;
  });
  on("htmx:beforeSwap", event => { if (under && event.detail.shouldSwap && event.detail.target.contains(under)) close(); });
  on("htmx:afterRequest", event => { if (event.detail.elt.matches("form")) release(event.detail.elt); });
  on("htmx:afterSettle", event => {
    var count = event.detail.elt.querySelector("[data-announce]"), drawer = doc.querySelector("[data-drawer]");
    if (event.detail.elt.matches("[data-announce]")) count = event.detail.elt;
    if (count) say(count.textContent);
    if (drawer && event.detail.elt === drawer) opened(drawer);
  });
  on("htmx:sendError", () => { warn(doc.body.dataset.lost); });
  on("htmx:responseError", event => {
    var answer = event.detail.xhr;
    warn(doc.body.dataset.fault.replace("{code}", answer.getResponseHeader("X-Fault") || answer.status));
  });

  /* ---------- clicks and keys ---------- */
  on("click", event => {
    if (event.target.closest("[data-close]") && close()) event.preventDefault();
    each(doc, "details.menu[open]", menu => { if (!menu.contains(event.target)) menu.open = false; });
  });
  function walk(event) {
    var box = event.target.closest(".find"), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    var hits = box?.querySelectorAll("[data-arrows] a");
    if (!hits || !step) return false;
    var next = [...hits].indexOf(doc.activeElement) + step;
    (hits[next] || box.querySelector("input")).focus();
    event.preventDefault();
    return true;
  }
  function escape() {
    var found = doc.querySelector("[data-arrows]");
    if (found?.firstChild) { found.textContent = ""; doc.getElementById("find").focus(); return; }
    var menu = doc.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
    close();
  }
  var before = "";
  on("keydown", event => {
    if (event.key === "Escape") return escape();
    if (walk(event) || root.dataset.keys !== "on" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input, select, textarea, [contenteditable]")) return;
    var list = doc.getElementById("key-list"), key = before === "g" ? "g " + event.key : event.key;
    before = event.key;
    if (key === "?" && list) { list.hidden = !list.hidden; event.preventDefault(); return; }
    var target = key !== "g" && key.indexOf('"') < 0 && doc.querySelector('[data-key="' + key + '"]');
    if (!target) return;
    event.preventDefault();
    if (target.matches("input")) target.focus(); else target.click();
  });

  ready(doc);
})();
