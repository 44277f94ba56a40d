// Makes the pages quicker; all of them work without it.
"use strict";
(() => {
  const typing = (target) =>
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName));

  const usable = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;

  // A key presses what carries it; one that opens a form puts the cursor into it.
  const press = (key) => {
    for (const element of document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)) {
      if (!usable(element)) continue;
      if (element.tagName === "INPUT") element.focus();
      else element.click();
      return true;
    }
    const opened = document.querySelector(`details[data-open="${CSS.escape(key)}"]`);
    if (!opened) return false;
    opened.open = !opened.open;
    if (opened.open) {
      opened.scrollIntoView({ block: "nearest" });
      const first = opened.querySelector("select, input:not([type=hidden]):not([type=radio]), button");
      if (first) first.focus();
    } else opened.querySelector("summary").focus();
    return true;
  };

  const KEYS = [
    ["s", "same: one event"], ["d", "different: two events"], ["u", "unsure: go on"], ["c", "correct a slot"],
    ["n", "no event"], ["a b", "which of the two"], ["z", "take back"], ["j k", "next, previous"],
    ["/", "search"], ["?", "this help"], ["Esc", "close"],
  ];

  const help = () => {
    let box = document.getElementById("keys");
    if (!box) {
      box = document.createElement("dialog");
      box.id = "keys";
      box.setAttribute("aria-label", "Keys");
      const list = document.createElement("dl");
      for (const [key, meaning] of KEYS) {
        const term = document.createElement("dt");
        for (const one of key.split(" ")) {
          const cap = document.createElement("kbd");
          cap.textContent = one;
          term.append(cap, " ");
        }
        const told = document.createElement("dd");
        told.textContent = meaning;
        list.append(term, told);
      }
      const close = document.createElement("button");
      close.textContent = "Close";
      close.addEventListener("click", () => box.close());
      const title = document.createElement("h2");
      title.textContent = "Keys";
      box.append(title, list, close);
      document.body.append(box);
    }
    if (box.open) box.close();
    else box.showModal();
  };

  // In a list j and k go from event to event.
  const step = (by) => {
    const links = [...document.querySelectorAll("ol.events .event h3 a, ol.hits h3 a, table.list tbody th a, table.list tbody td:first-child a")];
    if (!links.length) return false;
    const at = links.indexOf(document.activeElement);
    const next = links[Math.min(links.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by))];
    next.focus();
    next.scrollIntoView({ block: "center" });
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const opened = document.querySelector("details[data-open][open]");
      if (opened) {
        opened.open = false;
        opened.querySelector("summary").focus();
      } else if (typing(event.target)) event.target.blur();
      return;
    }
    if (typing(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "?") {
      help();
      event.preventDefault();
    } else if (press(key) || (key === "j" && step(1)) || (key === "k" && step(-1))) event.preventDefault();
  });

  // Each form is sent once.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.open || !details.classList.contains("pop")) return;
    for (const other of document.querySelectorAll("details.pop[open]")) if (other !== details) other.open = false;
  }, true);

  // Says when somebody else decided, or more came in.
  let known = null;
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("/pulse.json", { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const found = await answer.json();
      if (known === null) known = found.version;
      const behind = document.getElementById("behind");
      if (behind && found.fresh) { // said once; what changes later is told below
        behind.removeAttribute("id");
        behind.replaceChildren("The record has followed what was decided. ", behind.querySelector("a") || "");
        known = found.version;
      }
      const box = document.getElementById("pulse");
      if (box && found.version !== known) {
        box.textContent = found.text + " ";
        const link = document.createElement("a");
        link.href = location.href;
        link.textContent = "Show";
        box.append(link);
        box.hidden = false;
      }
    } catch { /* the server is away; the page still stands */ }
  };
  document.addEventListener("dragoman:look", look);
  look();
  window.setInterval(look, 10000);

  // Who follows a link while another page is on its way wants this one: htmx would let it go, the browser does not.
  let coming = 0;
  document.addEventListener("htmx:beforeRequest", () => { coming += 1; });
  document.addEventListener("htmx:afterRequest", () => { coming -= 1; });
  document.addEventListener("click", (event) => {
    if (coming && event.target instanceof Element && event.target.closest("a[href]")) event.stopPropagation();
  }, true);

  // The timeline opens at its end.
  const open = () => {
    for (const box of document.querySelectorAll(".drawing.scroll")) box.scrollLeft = box.scrollWidth;
  };

  // A drawing that names scripts becomes a widget when it comes near the window, and is let go with its page.
  const brought = new Map();
  const bring = (address) => {
    if (!brought.has(address)) brought.set(address, new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    }));
    return brought.get(address);
  };
  const widgets = new Map();
  const begin = async (box) => {
    let rows;
    const stays = () => box.classList.add("plain"); // the drawing
    try {
      const asked = fetch(box.dataset.from, { headers: { Accept: "application/json" } });
      asked.catch(() => {}); // awaited below
      for (const address of box.dataset.scripts.split(" ")) await bring(address);
      const answer = await asked;
      if (!answer.ok) return stays();
      rows = await answer.json();
    } catch {
      return stays();
    }
    if (!widgets.has(box)) return; // its page went meanwhile
    widgets.set(box, window.dragoman[box.dataset.widget](box, rows));
    if (!widgets.get(box)) stays();
  };
  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) if (isIntersecting) {
      near.unobserve(target);
      begin(target);
    }
  }, { rootMargin: "600px" });
  const refresh = () => {
    for (const [box, stop] of widgets) if (!box.isConnected) {
      widgets.delete(box);
      near.unobserve(box);
      if (stop) stop();
    }
    for (const box of document.querySelectorAll("[data-widget]")) if (!widgets.has(box)) {
      widgets.set(box, null);
      near.observe(box);
    }
    open();
  };
  refresh();
  for (const moment of ["htmx:afterSwap", "htmx:historyRestore"]) document.addEventListener(moment, refresh);
})();
