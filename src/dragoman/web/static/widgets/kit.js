// What the widgets share: elements made without markup, marks, buttons, a tip, gestures.
"use strict";
window.dragoman = window.dragoman || {};
dragoman.kit = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  // An element with attributes and children; text is only ever text.
  const el = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const shape = (name, attributes = {}, ...children) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const R = 6;
  const OUTLINES = {
    meeting: `M${-R} 0a${R} ${R} 0 1 0 ${2 * R} 0a${R} ${R} 0 1 0 ${-2 * R} 0z`,
    proposal: `M0 ${-R - 1}L${R + 1} ${R}L${-R - 1} ${R}z`,
    agreement: `M${-R} ${-R}h${2 * R}v${2 * R}h${-2 * R}z`,
    refusal: `M0 ${-R - 1.5}L${R + 1.5} 0L0 ${R + 1.5}L${-R - 1.5} 0z`,
  };

  // A mark as the drawings have it: its shape tells the type, its filling the status.
  const glyph = (mark) => {
    const kind = `dg-${mark.kind}`;
    const made = shape("svg", { class: "dg", viewBox: "-10 -10 20 20", width: 20, height: 20, "aria-hidden": "true", focusable: "false" });
    const classes = ["dg-mark", kind, mark.fill === "full" ? "" : "dg-hollow", mark.about ? "dg-about" : ""];
    made.append(shape("path", { class: classes.filter(Boolean).join(" "), d: OUTLINES[mark.kind] }));
    if (mark.fill === "half") made.append(shape("path", { class: kind, d: `M0 ${-R}a${R} ${R} 0 0 1 0 ${2 * R}z` }));
    if (mark.struck) made.append(shape("path", { class: "dg-strike", d: `M${-R - 2} ${R + 2}L${R + 2} ${-R - 2}` }));
    if (mark.unknown) made.append(shape("text", { class: "dg-number", x: 0, y: 4 }, "?"));
    return made;
  };

  const button = (words, label, press, classes = "quiet") => {
    const made = el("button", { type: "button", class: classes, "aria-label": label }, words);
    made.addEventListener("click", press);
    return made;
  };

  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // How a wheel zooms: only with Ctrl or ⌘ (a pinch on a trackpad comes so too), else the page scrolls.
  const wheeled = (event) => event.ctrlKey || event.metaKey;
  const wheelDelta = (event) => {
    const by = -event.deltaY * (event.deltaMode === 1 ? 0.05 : event.deltaMode ? 1 : 0.01);
    return Math.max(-0.5, Math.min(0.5, by));
  };

  // A tip in plain words beside what it is about; it stays while the pointer is on it, Escape closes it.
  const tips = (root) => {
    const tip = el("div", { class: "w-tip", role: "tooltip", hidden: "" });
    let leaving = 0;
    const hide = () => { clearTimeout(leaving); tip.hidden = true; };
    const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, 150); };
    const show = (target, words) => {
      clearTimeout(leaving);
      tip.textContent = words;
      tip.hidden = false;
      const around = root.getBoundingClientRect(), of = target.getBoundingClientRect();
      const wide = tip.offsetWidth, high = tip.offsetHeight;
      const x = Math.min(Math.max(0, of.left + of.width / 2 - around.left - wide / 2), Math.max(0, around.width - wide));
      const above = of.top - around.top - high - 6;
      const below = of.bottom - around.top + 6;
      tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(of.top - high - 6 >= 0 ? above : below)}px)`;
    };
    tip.addEventListener("pointerenter", () => clearTimeout(leaving));
    tip.addEventListener("pointerleave", leave);
    root.append(tip);
    return { show, hide, leave, get shown() { return !tip.hidden; } };
  };

  // Puts a widget in the place of a drawing, and the drawing back.
  const inPlace = (box, root) => {
    box.removeAttribute("tabindex");
    box.classList.add("on");
    box.append(root);
    if (window.htmx) window.htmx.process(root); // its links change the page without loading anew
    return () => {
      root.remove();
      box.classList.remove("on");
      box.setAttribute("tabindex", "0");
    };
  };

  const hint = (pointer, touch) => el("p", { class: "w-hint" }, el("span", { class: "for-pointer" }, pointer), el("span", { class: "for-touch" }, touch));

  return { el, shape, glyph, button, still, wheeled, wheelDelta, tips, inPlace, hint };
})();
