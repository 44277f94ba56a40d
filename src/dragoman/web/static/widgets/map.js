// The map that one can zoom and move: the places of the drawing over the same coasts, each with its events.
"use strict";
(() => {
  const { el, shape, button, still, wheeled, wheelDelta, tips, inPlace, hint } = dragoman.kit;
  const DEGREE = 110; // pixels that a degree takes at most: the outline is no finer
  const LISTED = 100; // events listed for a place
  const AIR = 26; // pixels between an edge and a place that is brought into view
  const GRID = [1, 2, 5, 10, 15, 30];

  const left_at = new Map(); // where one was when a page went: one comes back to it

  dragoman.map = (box, data) => {
    if (!data.places.length) return null;
    const { west, south, east, north } = data.view;
    const squeeze = Math.cos(((south + north) / 2) * Math.PI / 180);

    // --- elements ---

    const land = shape("path", { class: "dg-land", "fill-rule": "evenodd" });
    const lines = shape("path", { class: "dg-grid" });
    const world = shape("g", {}, lines, land);
    const picture = shape("svg", { class: "dg mp-land", "aria-hidden": "true", focusable: "false" }, world);
    const layer = el("div", { class: "mp-places" });
    const names = el("div", { class: "mp-names", "aria-hidden": "true" });
    const panel = el("div", { class: "mp-panel", role: "group", hidden: "" });
    const frame = el("div", { class: "mp-frame", role: "group", "aria-label": `${data.places.length} places on a map` }, picture, names, layer, panel);
    const root = el("div", { class: "w mp" });
    const tip = tips(root);

    const highest = Math.max(...data.places.map((place) => place.events.length));
    const places = data.places.map((place, n) => {
      const count = place.events.length;
      const r = 5 + 12 * Math.sqrt((count - 1) / Math.max(highest - 1, 8));
      const words = `${place.name}: ${count} ${count === 1 ? "event" : "events"}`;
      const disc = el("span", { class: `mp-disc ${place.exact}`, "aria-hidden": "true" }, r >= 9 && count > 1 ? String(count) : "");
      disc.style.width = disc.style.height = `${2 * r}px`;
      const mark = el("button", { type: "button", class: "mp-place", "aria-label": words, "aria-expanded": "false", tabindex: n ? "-1" : "0" }, disc);
      const size = Math.max(24, 2 * r);
      mark.style.width = mark.style.height = `${size}px`;
      const name = el("span", {}, place.short);
      layer.append(mark);
      names.append(name);
      const made = { ...place, r, size, words, mark, name };
      mark.addEventListener("click", () => open(made));
      mark.dragomanPlace = made;
      return made;
    });

    // A country lies where its government sits, often a town that is shown too: it stands a little aside.
    for (const place of places) {
      const town = place.exact === "country" && places.find((other) => other.exact === "place" && other.latitude === place.latitude && other.longitude === place.longitude);
      place.aside = town ? (town.r + place.r) * 0.75 : 0;
    }

    // --- where things lie ---

    let wide, high, unit, now = d3.zoomIdentity;
    const measure = () => {
      wide = frame.clientWidth;
      high = frame.clientHeight;
      unit = Math.min(wide / ((east - west) * squeeze), high / (north - south));
      for (const place of places) {
        place.x = place.longitude * squeeze * unit;
        place.y = -place.latitude * unit;
      }
      const least = Math.min(1, Math.max(wide / (360 * squeeze * unit), high / (140 * unit)));
      zoom.extent([[0, 0], [wide, high]])
        .translateExtent([[-180 * squeeze * unit, -84 * unit], [180 * squeeze * unit, 60 * unit]])
        .scaleExtent([least, Math.max(1, DEGREE / unit)]);
    };
    const whole = () => kept(d3.zoomIdentity.translate(wide / 2 - ((west + east) / 2) * squeeze * unit, high / 2 + ((south + north) / 2) * unit));
    const kept = (transform) => zoom.constrain()(transform, zoom.extent()(), zoom.translateExtent());

    let step = 0;
    const graticule = (k) => {
      const across = wide / (k * unit * squeeze);
      const found = GRID.find((one) => across / one <= 10) || 30;
      if (found === step) return;
      step = found;
      let d = "";
      for (let x = -180; x <= 180; x += step) d += `M${x * 10} -840V900`;
      for (let y = -90 + (90 % step); y <= 84; y += step) d += `M-1800 ${-y * 10}H1800`;
      lines.setAttribute("d", d);
    };

    // Names beside the points that have room for them, those of the most events first.
    const label = () => {
      const taken = places.filter((p) => p.in).map((p) => [p.sx - p.r, p.sy - p.r, p.sx + p.r, p.sy + p.r]);
      const free = (a) => a[0] > 2 && a[1] > 2 && a[2] < wide - 2 && a[3] < high - 2 && !taken.some((b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]);
      for (const place of places) {
        const { sx, sy, r, w } = place;
        const gap = r + 3;
        const spots = place.in ? [[sx + gap, sy - 8], [sx - gap - w, sy - 8], [sx - w / 2, sy - gap - 15], [sx - w / 2, sy + gap - 1]] : [];
        const at = spots.find(([x, y]) => free([x, y, x + w, y + 16]));
        place.name.hidden = !at;
        if (!at) continue;
        taken.push([at[0], at[1], at[0] + w, at[1] + 16]);
        place.name.style.transform = `translate(${at[0].toFixed(1)}px, ${at[1].toFixed(1)}px)`;
      }
    };

    const draw = () => {
      const { k, x, y } = now;
      world.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${(k * unit * squeeze / 10).toFixed(5)} ${(k * unit / 10).toFixed(5)})`);
      graticule(k);
      for (const place of places) {
        place.sx = place.x * k + x + place.aside;
        place.sy = place.y * k + y + place.aside;
        place.in = place.sx > -place.r && place.sy > -place.r && place.sx < wide + place.r && place.sy < high + place.r;
        place.mark.style.transform = `translate(${(place.sx - place.size / 2).toFixed(1)}px, ${(place.sy - place.size / 2).toFixed(1)}px)`;
      }
      label();
    };

    // --- moving; on a phone one finger scrolls the page and two move the map ---

    const zoom = d3.zoom()
      .filter((event) => event.type === "wheel" ? wheeled(event) : event.type.startsWith("touch") ? event.touches.length > 1 : !event.ctrlKey && !event.button)
      .wheelDelta(wheelDelta)
      .clickDistance(4)
      .duration(still() ? 0 : 250)
      .on("start", ({ sourceEvent }) => { if (sourceEvent) { tip.hide(); frame.classList.add("moving"); } })
      .on("zoom", ({ transform }) => { now = transform; draw(); })
      .on("end", () => frame.classList.remove("moving"));
    const target = d3.select(frame);
    const go = (transform, at_once = still()) =>
      at_once ? target.interrupt().call(zoom.transform, transform) : target.interrupt().transition().duration(250).call(zoom.transform, transform);
    const scale = (by) => (still() ? target.interrupt() : target.interrupt().transition().duration(200)).call(zoom.scaleBy, by);
    const move = (dx, dy) => (still() ? target.interrupt() : target.interrupt().transition().duration(150)).call(zoom.translateBy, dx * wide / 4 / now.k, dy * high / 4 / now.k);
    const reveal = (place) => {
      const covered = panel.hidden ? [0, 0] : panel.offsetWidth > wide * 0.7 ? [0, panel.offsetHeight] : [panel.offsetWidth, 0];
      const x = Math.max(AIR, Math.min(wide - covered[0] - AIR, place.sx)) - place.sx;
      const y = Math.max(AIR, Math.min(high - covered[1] - AIR, place.sy)) - place.sy;
      if (x || y) go(kept(d3.zoomIdentity.translate(now.x + x, now.y + y).scale(now.k)), true);
    };

    // --- places, by pointer and by keys ---

    let opened = null;
    const close = (back = true) => {
      if (!opened) return;
      opened.mark.setAttribute("aria-expanded", "false");
      if (back) opened.mark.focus({ preventScroll: true });
      panel.hidden = true;
      opened = null;
    };
    const open = (place) => {
      if (opened === place) { close(); return; }
      close(false);
      tip.hide();
      const rest = place.events.length - LISTED;
      const list = el("ol", {}, ...place.events.slice(0, LISTED).map((event) => el("li", {}, el("a", { href: event.href }, event.words))));
      panel.setAttribute("aria-label", place.words);
      panel.replaceChildren(
        el("div", { class: "mp-head" }, el("h3", {}, place.name), button("×", "Close", () => close())),
        el("p", { class: "sub" }, `${place.events.length} ${place.events.length === 1 ? "event" : "events"}`), list,
        rest > 0 ? el("p", { class: "sub" }, `and ${rest} more`) : "");
      if (window.htmx) window.htmx.process(list);
      panel.hidden = false;
      panel.scrollTop = 0;
      opened = place;
      choose(place);
      place.mark.setAttribute("aria-expanded", "true");
      reveal(place);
      list.querySelector("a").focus({ preventScroll: true });
    };
    const choose = (place) => {
      for (const one of places) one.mark.tabIndex = one === place ? 0 : -1;
    };
    const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    // The nearest place in a direction: what lies aside counts double.
    const beside = (from, [dx, dy]) => {
      let best = null, least = Infinity;
      for (const place of places) {
        const along = (place.sx - from.sx) * dx + (place.sy - from.sy) * dy;
        const aside = Math.abs((place.sx - from.sx) * dy) + Math.abs((place.sy - from.sy) * dx);
        const far = along + 2 * aside;
        if (place !== from && along > 0 && aside <= along * 2 && far < least) { best = place; least = far; }
      }
      return best;
    };
    frame.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const place = event.target.dragomanPlace;
      const way = ARROWS[event.key];
      if (event.key === "Escape" && opened) close();
      else if (event.key === "Escape" && tip.shown) tip.hide();
      else if (event.key === "+" || event.key === "=") scale(1.6);
      else if (event.key === "-") scale(1 / 1.6);
      else if (event.key === "0") go(whole());
      else if (place && way && event.shiftKey) move(-way[0], -way[1]);
      else if (place && way) beside(place, way)?.mark.focus({ preventScroll: true });
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    layer.addEventListener("focusin", (event) => {
      const place = event.target.dragomanPlace;
      choose(place);
      if (!event.target.matches(":focus-visible")) return;
      reveal(place);
      if (place !== opened) tip.show(place.mark, place.words);
    });
    layer.addEventListener("focusout", () => tip.leave());
    layer.addEventListener("pointerover", (event) => {
      const found = event.pointerType === "mouse" && event.target.closest(".mp-place")?.dragomanPlace;
      if (found && found !== opened) tip.show(found.mark, found.words);
    });
    layer.addEventListener("pointerout", () => tip.leave());
    for (const name of ["wheel", "mousedown", "touchstart", "dblclick"]) panel.addEventListener(name, (event) => event.stopPropagation());

    // --- put together ---

    const missing = data.without_place;
    root.prepend(
      el("div", { class: "w-bar" },
        el("div", { class: "w-buttons", role: "group", "aria-label": "Move and zoom the map" },
          button("−", "Zoom out", () => scale(1 / 1.6)), button("+", "Zoom in", () => scale(1.6)),
          button("All places", "All places", () => go(whole()))),
        hint("Drag to move, Ctrl + wheel to zoom; arrow keys go from place to place, + − 0 zoom", "Two fingers move and zoom")),
      frame,
      el("ul", { class: "w-legend" },
        el("li", {}, el("span", { class: "mp-disc place" }), "town"), el("li", {}, el("span", { class: "mp-disc country" }), "country, no town known"),
        el("li", { class: "mp-policy" }, data.policy + (missing ? ` ${missing} ${missing === 1 ? "event" : "events"} with no place that is known.` : ""))));

    const back = inPlace(box, root);
    for (const place of places) place.w = place.name.offsetWidth;
    measure();
    target.call(zoom);
    const here = () => ({ k: now.k, longitude: (wide / 2 - now.x) / now.k / unit, latitude: (high / 2 - now.y) / now.k / unit });
    const back_to = ({ k, longitude, latitude }) =>
      go(kept(d3.zoomIdentity.translate(wide / 2 - longitude * unit * k, high / 2 - latitude * unit * k).scale(k)), true);
    if (left_at.has(box.dataset.from)) back_to(left_at.get(box.dataset.from));
    else go(whole(), true);
    fetch(box.dataset.land).then((answer) => answer.text()).then((d) => land.setAttribute("d", d)).catch(() => {});
    const watch = new ResizeObserver(() => {
      if (!frame.clientWidth || (frame.clientWidth === wide && frame.clientHeight === high)) return;
      const before = here();
      measure();
      back_to(before);
    });
    watch.observe(frame);
    return () => {
      watch.disconnect();
      left_at.set(box.dataset.from, here());
      target.interrupt().on(".zoom", null);
      back();
    };
  };
})();
