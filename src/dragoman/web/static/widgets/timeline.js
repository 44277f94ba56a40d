// The timeline that one can zoom and move: the lanes, marks and days of the drawing, laid out anew for each zoom.
"use strict";
(() => {
  const { el, glyph, button, still, wheeled, wheelDelta, tips, inPlace, hint } = dragoman.kit;
  const R = 7, ROW = 26, ROWS = 6, GAP = 4, BUCKET = 36; // as in the drawing
  const CUT = 5; // pixels of days that are cut out, while all is shown; they grow with the zoom
  const DAY = 44; // pixels that a day takes at most
  const FIRST_LOOK = 30; // events that are shown at first
  const LEAST = 45; // days that are shown at first, at least
  const LABEL = 96; // pixels without which no label is cut
  const TICK = 56; // pixels between two lines of the axis; a label that has no room is left out
  const NO_DATE = 120; // marks without a date that are shown
  const TOLD = 12; // events told in the tip of a count

  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const MS = 864e5;
  const day = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / MS);
  const parts = (number) => {
    const date = new Date(number * MS);
    return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  };
  const numberOf = (year, month, date) => {
    const made = new Date(0);
    made.setUTCFullYear(year, month, date);
    return Math.round(made.getTime() / MS);
  };

  // Days on a line from 0 to 1: stretches one after the other, between them a cut.
  const lineOf = (stretches, cut) => {
    const pieces = stretches.map(([first, last]) => ({ first: day(first), last: day(last) }));
    const total = pieces.reduce((sum, p) => sum + p.last - p.first, 0);
    const each = (1 - cut * (pieces.length - 1)) / total;
    let at = 0;
    for (const p of pieces) {
      p.at = at;
      p.end = at + (p.last - p.first) * each;
      at = p.end + cut;
    }
    const of = (number) => {
      let before = null;
      for (const p of pieces) {
        if (number < p.first) return before ? (before.end + p.at) / 2 : 0;
        if (number <= p.last) return p.at + (number - p.first) * each;
        before = p;
      }
      return 1;
    };
    return { pieces, each, of };
  };

  // Steps of an axis: how many days they take about, and their days within two bounds.
  const daily = (step) => ({
    days: step,
    within: (low, high) => {
      const found = [];
      for (let n = Math.ceil((low - 4) / step) * step + 4; n <= high; n += step) found.push(n); // day 4 was a Monday
      return found;
    },
    label: (n, bare) => { const [y, m, d] = parts(n); return bare ? `${d} ${MONTHS[m]}` : `${d} ${MONTHS[m]} ${y}`; },
    context: (n) => parts(n)[0],
  });
  const monthly = (step) => ({
    days: step * 30.44,
    within: (low, high) => {
      const [year, month] = parts(low);
      const found = [];
      for (let n = Math.ceil((year * 12 + month) / step) * step; ; n += step) {
        const at = numberOf(Math.floor(n / 12), ((n % 12) + 12) % 12, 1);
        if (at > high) return found;
        if (at >= low) found.push(at);
      }
    },
    label: (n, bare) => { const [y, m] = parts(n); return step >= 12 ? String(y) : bare ? MONTHS[m] : `${MONTHS[m]} ${y}`; },
    context: (n) => parts(n)[0],
  });
  const STEPS = [1, 2, 7, 14].map(daily).concat([1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000].map(monthly));

  const span = (days) => {
    const years = Math.floor(days / 365.25);
    if (years >= 2) return `${years} years`;
    const months = Math.round(days / 30.44);
    return months >= 2 ? `${months} months` : `${days} days`;
  };

  const left_at = new Map(); // where one was when a page went: one comes back to it

  dragoman.timeline = (box, data) => {
    const all = [];
    const lanes = data.lanes.map((lane) => ({
      name: lane.name,
      height: 0,
      events: lane.events.filter((e) => e.at).map((e) => ({ ...e, at: day(e.at), first: day(e.first), last: day(e.last), certain: e.first === e.last && !e.open })),
      undated: lane.events.filter((e) => !e.at),
    }));
    const undated = lanes.flatMap((lane) => lane.undated);
    const shown = lanes.filter((lane) => lane.events.length);
    if (!shown.length) return null;

    // --- elements ---

    const tick = el("div", { class: "tl-axis", "aria-hidden": "true" });
    const grid = el("div", { class: "tl-grid", "aria-hidden": "true" });
    const body = el("div", { class: "tl-body" }, grid);
    const frame = el("div", { class: "tl-frame", role: "group" }, tick, body);
    const root = el("div", { class: "w tl" });
    const tip = tips(root);

    const place = (event, lane) => {
      const mark = event.mark;
      const link = el("a", { class: `tl-event t-${mark.kind}`, href: event.href, tabindex: "-1", draggable: "false" }, el("span", { class: "sr" }, event.words));
      if (event.at !== null && !event.certain) {
        event.bar = el("span", { class: `tl-bar${event.open ? ` open-${event.open}` : mark.about ? " about" : ""}` });
        link.append(event.bar);
      }
      event.sign = glyph(mark);
      link.append(event.sign);
      event.after = el("span", { class: "tl-after", "aria-hidden": "true" }); // it is in the words
      if (mark.sign) event.after.append(el("b", { class: "tl-warn" }, mark.sign));
      event.named = event.label !== "";
      event.label = el("span", { class: "tl-label" }, event.label);
      event.after.append(event.label);
      link.append(event.after);
      event.wide = event.label.textContent.length * 6.8 + 4;
      event.link = link;
      event.lane = lane;
      link.dragomanEvent = event;
      all.push(event);
      return link;
    };

    shown.forEach((lane, n) => {
      const id = `lane-${n}`;
      lane.layer = el("div", { class: "tl-layer" }, ...lane.events.map((event) => place(event, lane)));
      lane.more = el("div", { class: "tl-layer" });
      lane.before = button("", "", () => bring(lane, -1), "tl-away before");
      lane.behind = button("", "", () => bring(lane, 1), "tl-away behind");
      lane.before.tabIndex = lane.behind.tabIndex = -1;
      lane.track = el("div", { class: "tl-track" }, lane.layer, lane.more, lane.before, lane.behind);
      lane.label = el("div", { class: "tl-name" }, el("span", { id }, lane.name));
      lane.row = el("div", { class: "tl-lane", role: "group", "aria-labelledby": id }, lane.label, lane.track);
      body.append(lane.row);
    });
    all.sort((one, two) => one.at - two.at);
    if (undated.length) {
      const kept = undated.slice(0, NO_DATE);
      const marks = kept.map((event) => place({ ...event, at: null }, null));
      const rest = undated.length - kept.length;
      body.append(el("div", { class: "tl-lane tl-undated", role: "group", "aria-label": "Without a date" },
        el("div", { class: "tl-name" }, el("span", {}, "no date")),
        el("div", { class: "tl-flow" }, ...marks, rest ? el("span", { class: "sub" }, `and ${rest} more`) : "")));
    }
    if (data.lanes_left_out) body.append(el("p", { class: "tl-rest sub" }, `${data.lanes_left_out} more groups are not drawn.`));
    frame.setAttribute("aria-label", `${all.length} events along time`);

    const dated = all.filter((event) => event.at !== null);
    const today = data.today ? day(data.today) : null;
    const ahead = today !== null && today >= dated[0].at && dated[dated.length - 1].at > today;

    // --- where things lie ---

    let line, left, right, most;
    let now = d3.zoomIdentity, packed = 0, moving = false;
    const room = () => right - left;
    const base = (number_) => left + line.of(number_) * room();

    const measure = () => {
      const name = shown[0].label;
      const beside = getComputedStyle(name).position === "absolute" ? name.offsetWidth : 0;
      body.style.setProperty("--names", `${beside + 6}px`);
      left = beside + 14;
      right = Math.max(left + 120, frame.clientWidth - (beside ? 72 : 60)); // with room for a name beside the last mark
      line = lineOf(data.stretches, CUT / room());
      most = Math.max(1, DAY / (line.each * room()));
      for (const event of dated) {
        event.x = base(event.at);
        event.from = base(event.first);
        event.to = base(event.last);
      }
      zoom.extent([[left, 0], [right, 1]]).translateExtent([[left, 0], [right, 1]]).scaleExtent([1, most]);
      packed = 0;
    };

    const meets = (one, two) => one.low - GAP < two.high && two.low - GAP < one.high;
    const free = (row, event) => row.high + GAP <= event.low || !row.held.some((other) => meets(event, other));

    // Each event in the first row in which it has room; what finds none in the rows is counted. Nothing is
    // drawn yet: most of it may be out of view.
    const pack = (k) => {
      const cap = k >= most * 0.999 ? Infinity : ROWS + 1;
      for (const lane of shown) {
        const rows = [];
        const over = [];
        for (const event of lane.events) {
          const x = event.x * k;
          event.low = Math.min(event.from * k, x - R);
          event.high = Math.max(event.to * k, x + R) + (event.mark.sign ? 11 : 0);
          let row = rows.find((one) => free(one, event));
          if (!row) {
            if (rows.length >= cap) { over.push(event); continue; }
            rows.push(row = { held: [], high: -Infinity });
          }
          row.held.push(event);
          row.high = Math.max(row.high, event.high);
        }
        const crowd = over.length ? rows.splice(ROWS).flatMap((row) => row.held).concat(over) : [];
        rows.forEach(({ held }, n) => {
          held.sort((one, two) => one.low - two.low);
          held.forEach((event, m) => {
            const next = held[m + 1];
            event.row = event.line = n;
            event.free = (next ? next.low : right * k + frame.clientWidth - right) - event.high - 10;
            event.stale = true;
          });
        });
        for (const event of crowd) {
          event.row = -1;
          event.line = rows.length;
        }
        lane.more.replaceChildren();
        lane.crowds = counted(crowd, k, 6 + ROW * rows.length);
      }
      packed = k;
    };

    // Draws what is in view. A lane is as high as what is seen of it asks for; it shrinks only when the
    // movement is over. Where nothing of it is seen, it says on which side its events lie.
    const fit = (k, tx) => {
      const low = left - 10 - tx, high = frame.clientWidth - tx;
      const busy = document.activeElement?.dragomanEvent;
      for (const lane of shown) {
        let lines = 0, before = 0;
        for (const event of lane.events) {
          const seen = event.high >= low && event.low < high;
          if (event.high < low) before += 1;
          if (seen) lines = Math.max(lines, event.line + 1);
          const drawn = event.row >= 0 && (seen || event === busy);
          if (drawn !== event.drawn) event.link.hidden = !(event.drawn = drawn);
          if (drawn && event.stale) put(event, k);
        }
        for (const crowd of lane.crowds) {
          if (!crowd.node && crowd.x > low - BUCKET && crowd.x < high + BUCKET) lane.more.append(crowd.node = crowd.make());
        }
        lane.layer.style.transform = lane.more.style.transform = `translateX(${tx.toFixed(1)}px)`;
        const needed = Math.max(Math.max(lines, 1) * ROW, lane.least) + 12;
        const height = moving ? Math.max(lane.height, needed) : needed;
        if (height !== lane.height) lane.track.style.height = `${lane.height = height}px`;
        const behind = lane.events.length - before;
        away(lane.before, lines ? 0 : before, "earlier", `‹ ${before}`);
        away(lane.behind, lines ? 0 : behind, "later", `${behind} ›`);
      }
    };
    const away = (place_, number_, side, text) => {
      place_.hidden = !number_;
      if (!number_ || place_.textContent === text) return;
      place_.textContent = text;
      place_.setAttribute("aria-label", `${text}: ${number_} ${side}`);
      place_.dragomanWords = `${number_} ${side}`;
    };
    const bring = (lane, side) => {
      const seen = lane.events.filter((event) => (side < 0 ? event.high < left - now.x : event.low > right - now.x));
      if (!seen.length) return;
      const next = seen.reduce((best, event) => ((event.x - best.x) * side < 0 ? event : best));
      go(kept(d3.zoomIdentity.translate((left + right) / 2 - next.x * now.k, 0).scale(now.k)));
    };

    const put = (event, k) => {
      const x = event.x * k;
      const low = Math.min(event.from * k, x - R), high = Math.max(event.to * k, x + R);
      event.stale = false;
      event.link.style.transform = `translate(${low.toFixed(1)}px, ${6 + ROW * event.row}px)`;
      event.link.style.width = `${(high - low).toFixed(1)}px`;
      event.sign.style.left = `${(x - low - 10).toFixed(1)}px`;
      if (event.bar) {
        const from = event.open === "end" ? x : event.from * k, to = event.open === "start" ? x : event.to * k;
        event.bar.style.left = `${(from - low).toFixed(1)}px`;
        event.bar.style.width = `${Math.max(3, to - from).toFixed(1)}px`;
      }
      const fits = event.named && event.free >= Math.min(LABEL, event.wide);
      event.label.hidden = !fits;
      if (fits) event.label.style.maxWidth = `${Math.min(190, event.free)}px`;
    };

    // Events without room as numbers, which bring them nearer when pressed.
    const counted = (crowd, k, y) => {
      const buckets = new Map();
      for (const event of crowd) {
        const at = Math.floor(event.x * k / BUCKET);
        if (!buckets.has(at)) buckets.set(at, []);
        buckets.get(at).push(event);
      }
      return [...buckets].map(([at, held]) => {
        const x = (at + 0.5) * BUCKET;
        const make = () => {
          const told = held.slice(0, TOLD).map((event) => event.words);
          if (held.length > TOLD) told.push(`${held.length - TOLD} more`);
          const more = button(`+${held.length}`, `+${held.length}: zoom in`, () => near(held), "tl-more");
          more.tabIndex = -1;
          more.dragomanWords = told.join("\n");
          more.style.transform = `translate(${x}px, ${y}px) translateX(-50%)`;
          return more;
        };
        return { x, make, node: null };
      });
    };

    // --- the axis ---

    const axis = (k, tx) => {
      const x = (number_) => base(number_) * k + tx;
      const perDay = line.each * room() * k;
      const step = STEPS.find((one) => one.days * perDay >= TICK) || STEPS[STEPS.length - 1];
      const labels = [], lines = [];
      const low = left - 14, high = frame.clientWidth;
      let end = -Infinity, said = null;
      line.pieces.forEach((p, n) => {
        const from = p.first + Math.max(0, Math.floor((low - x(p.first)) / perDay));
        const to = p.last - Math.max(0, Math.floor((x(p.last) - high) / perDay));
        let days = to < from ? [] : step.within(from, to);
        if (!days.length && to >= from && x(p.last) > low && x(p.first) < high) {
          // A stretch shorter than a step is named by its middle.
          const middle = Math.round((p.first + p.last) / 2);
          days = [middle];
        }
        for (const number_ of days) {
          const at = x(number_);
          if (at < low || at > high) continue;
          lines.push(el("i", { class: "tl-line" }));
          lines[lines.length - 1].style.transform = `translateX(${at.toFixed(1)}px)`;
          const context = step.context(number_);
          const usual = step.within(number_, number_).length ? step : STEPS[4];
          const words = usual.label(number_, said === context);
          const wide = words.length * 6.6;
          if (at - wide / 2 < end + 10 || at + wide / 2 > high - 2 || at - wide / 2 < 4) continue;
          said = context;
          end = at + wide / 2;
          const label = el("span", {}, words);
          label.style.transform = `translateX(${at.toFixed(1)}px) translateX(-50%)`;
          labels.push(label);
        }
        const next = line.pieces[n + 1];
        if (!next) return;
        const cutFrom = x(p.last), cutTo = x(next.first);
        if (cutTo < low || cutFrom > high) return;
        const cut = el("i", { class: "tl-cut" });
        cut.style.transform = `translateX(${cutFrom.toFixed(1)}px)`;
        cut.style.width = `${(cutTo - cutFrom).toFixed(1)}px`;
        lines.push(cut);
        const words = `${span(next.first - p.last)} without an event`;
        const seen = [Math.max(cutFrom, left, end), Math.min(cutTo, high)];
        said = null;
        if (seen[1] - seen[0] < words.length * 6.6 + 20) return;
        const label = el("span", {}, words);
        label.style.transform = `translateX(${((seen[0] + seen[1]) / 2).toFixed(1)}px) translateX(-50%)`;
        labels.push(label);
      });
      if (today !== null && line.pieces.some((p) => p.first <= today && today <= p.last)) {
        const at = x(today);
        if (at > low && at < high) {
          const mark = el("i", { class: "tl-today" }, el("span", {}, "today"));
          mark.style.transform = `translateX(${at.toFixed(1)}px)`;
          lines.push(mark);
        }
      }
      tick.replaceChildren(...labels);
      grid.replaceChildren(...lines);
    };

    const draw = () => {
      if (now.k !== packed) pack(now.k);
      fit(now.k, now.x);
      axis(now.k, now.x);
    };

    // --- moving ---

    const zoom = d3.zoom()
      .filter((event) => (event.type === "wheel" ? wheeled(event) : !event.ctrlKey && !event.button))
      .wheelDelta(wheelDelta)
      .clickDistance(4)
      .duration(still() ? 0 : 250)
      .on("start", ({ sourceEvent }) => { moving = true; if (sourceEvent) { tip.hide(); frame.classList.add("moving"); } })
      .on("zoom", ({ transform }) => { now = transform; draw(); })
      .on("end", () => { moving = false; frame.classList.remove("moving"); fit(now.k, now.x); settle(); });
    const target = d3.select(frame);
    const go = (transform, at_once = still()) =>
      at_once ? target.interrupt().call(zoom.transform, transform) : target.transition().duration(250).call(zoom.transform, transform);
    const fitting = (from, to) => {
      const k = Math.max(1, Math.min(most, room() / Math.max(1, to - from)));
      return d3.zoomIdentity.translate((left + right) / 2 - k * (from + to) / 2, 0).scale(k);
    };
    const kept = (transform) => zoom.constrain()(transform, [[left, 0], [right, 1]], [[left, 0], [right, 1]]);
    // Zooms about the event that has the focus, else about the middle.
    const step = (by) => {
      const busy = document.activeElement?.dragomanEvent;
      const about_ = busy?.drawn ? [busy.x * now.k + now.x, 0] : null;
      (still() ? target.interrupt() : target.interrupt().transition().duration(200)).call(zoom.scaleBy, by, about_);
    };
    const move = (by) => (still() ? target.interrupt() : target.interrupt().transition().duration(200)).call(zoom.translateBy, by * room() * 0.6 / now.k, 0);

    // What is looked at first: the latest events, with some days of what lies ahead.
    const latest = () => {
      const past = ahead ? dated.filter((event) => event.at <= today) : dated;
      const next = dated.filter((event) => event.at > today).slice(0, 6);
      const last = past.slice(-FIRST_LOOK);
      const end = Math.max(ahead ? today : 0, ...last.map((event) => event.last), ...next.map((event) => event.last));
      const first = last[0].at;
      const begin = Math.min(first, end - LEAST);
      if (past.length <= FIRST_LOOK && next.length <= 6) return d3.zoomIdentity;
      const air = Math.max(12, room() * 0.03);
      const found = fitting(base(begin), base(end));
      const k = Math.max(1, Math.min(most, (room() - 2 * air) / Math.max(1, base(end) - base(begin))));
      return kept(d3.zoomIdentity.translate(right - air - k * base(end), 0).scale(Math.min(k, found.k)));
    };
    const near = (held) => {
      const xs = held.map((event) => event.x);
      const low = Math.min(...xs), high = Math.max(...xs);
      const least = room() / now.k / 4;
      const middle = (low + high) / 2, half = Math.max((high - low) * 0.6, least / 2, room() / most / 2);
      go(kept(fitting(middle - half, middle + half)));
    };
    frame.addEventListener("wheel", (event) => {
      const by = event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX;
      if (wheeled(event) || Math.abs(by) < Math.abs(event.shiftKey ? 0 : event.deltaY) || !by) return;
      event.preventDefault();
      target.interrupt().call(zoom.translateBy, -by / now.k, 0);
    }, { passive: false });

    // --- the events, by pointer and by keys ---

    let current = null;
    const choose = (event) => {
      if (current) current.link.tabIndex = -1;
      current = event;
      event.link.tabIndex = 0;
    };
    // Tab enters at an event that is in view.
    const settle = () => {
      if (current && current.link === document.activeElement) return;
      const seen = dated.filter((event) => event.row >= 0 && inside(event));
      if (seen.length && (!current || current.at === null || !inside(current) || current.row < 0)) choose(seen[seen.length - 1]);
    };
    const inside = (event) => {
      const x = event.x * now.k + now.x;
      return x >= left - 8 && x <= right + 8;
    };
    const reveal = (event) => {
      if (event.at === null) return;
      let { k, x } = now;
      if (event.row < 0) {
        while (event.row < 0 && k < most) pack(k = Math.min(most, k * 1.6));
      }
      const at = event.x * k + x;
      if (k !== now.k || at < left + 20 || at > right - 40) x = (left + right) / 2 - event.x * k;
      if (k !== now.k || x !== now.x) go(kept(d3.zoomIdentity.translate(x, 0).scale(k)), true);
    };
    const focus = (event) => {
      if (!event) return;
      choose(event);
      reveal(event);
      event.link.focus({ preventScroll: true });
      event.link.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
      target.node().scrollLeft = 0;
      tip.show(event.link, event.words);
    };
    const across = (event, by) => {
      const lanes_ = [...shown, null].filter((lane) => lane || undated.length);
      const to = lanes_[lanes_.indexOf(event.lane) + by];
      if (to === undefined) return null;
      const held = all.filter((other) => other.lane === to);
      if (event.at === null || to === null) return held[to === null ? 0 : held.length - 1];
      return held.reduce((best, other) => (Math.abs(other.at - event.at) < Math.abs(best.at - event.at) ? other : best));
    };
    frame.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const of = event.target.closest(".tl-event")?.dragomanEvent;
      if (event.key === "Escape" && tip.shown) tip.hide();
      else if (event.key === "+" || event.key === "=") step(1.6);
      else if (event.key === "-") step(1 / 1.6);
      else if (event.key === "0") go(d3.zoomIdentity);
      else if (of && event.key === "ArrowRight") focus(all[all.indexOf(of) + 1]);
      else if (of && event.key === "ArrowLeft") focus(all[all.indexOf(of) - 1]);
      else if (of && event.key === "ArrowDown") focus(across(of, 1));
      else if (of && event.key === "ArrowUp") focus(across(of, -1));
      else if (of && event.key === "Home") focus(all[0]);
      else if (of && event.key === "End") focus(dated[dated.length - 1]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const about = (target_) => target_.closest?.(".tl-event, .tl-more, .tl-away");
    const words = (found) => (found.dragomanEvent ? found.dragomanEvent.words : found.dragomanWords);
    frame.addEventListener("pointerover", (event) => {
      const found = event.pointerType === "mouse" && !frame.classList.contains("moving") && about(event.target);
      if (found) tip.show(found, words(found));
    });
    frame.addEventListener("pointerout", (event) => { if (about(event.target)) tip.leave(); });
    frame.addEventListener("focusin", (event) => {
      const found = event.target.dragomanEvent;
      if (!found || !event.target.matches(":focus-visible")) return;
      choose(found);
      reveal(found);
      tip.show(event.target, found.words);
    });
    frame.addEventListener("focusout", () => tip.leave());
    frame.addEventListener("scroll", () => { if (frame.scrollLeft) frame.scrollLeft = 0; if (document.activeElement?.dragomanEvent === undefined) tip.hide(); });

    // --- put together ---

    const legend = el("ul", { class: "w-legend" }, ...data.legend.map(({ name, mark, bar }) => {
      if (mark) return el("li", { class: `t-${mark.kind}` }, glyph(mark), name);
      if (bar) return el("li", { class: "t-meeting" }, el("span", { class: `tl-bar${bar === "open" ? " open-end" : ""}` }), name);
      const [sign, ...rest] = name.split(" ");
      return el("li", {}, el("b", { class: "tl-warn" }, sign), rest.join(" "));
    }));
    root.prepend(
      el("div", { class: "w-bar" },
        el("div", { class: "w-buttons", role: "group", "aria-label": "Move and zoom the timeline" },
          button("‹", "Earlier", () => move(1)), button("›", "Later", () => move(-1)),
          button("−", "Zoom out", () => step(1 / 1.6)), button("+", "Zoom in", () => step(1.6)),
          button("Latest", "Latest", () => go(latest())), button("Fit all", "Fit all", () => go(d3.zoomIdentity))),
        hint("Drag to move, Ctrl + wheel to zoom; ← → go from event to event, + − 0 zoom", "Drag to move, two fingers zoom")),
      frame, legend);

    const back = inPlace(box, root);
    const begin = () => {
      for (const lane of shown) lane.least = getComputedStyle(lane.label).position === "absolute" ? lane.label.firstChild.offsetHeight : 0;
      measure();
    };
    begin();
    target.call(zoom);
    const here = () => ({ k: now.k, share: (((left + right) / 2 - now.x) / now.k - left) / room(), scrolled: frame.scrollTop });
    const back_to = ({ k, share, scrolled }) => {
      const to = Math.min(k, most);
      go(kept(d3.zoomIdentity.translate((left + right) / 2 - (left + share * room()) * to, 0).scale(to)), true);
      frame.scrollTop = scrolled;
    };
    if (left_at.has(box.dataset.from)) back_to(left_at.get(box.dataset.from));
    else go(latest(), true);
    let width = frame.clientWidth, last = here();
    frame.addEventListener("scroll", () => { last = here(); });
    zoom.on("end.here", () => { last = here(); });
    const watch = new ResizeObserver(() => {
      if (!frame.clientWidth || frame.clientWidth === width) return;
      width = frame.clientWidth;
      const before = here();
      begin();
      back_to(before);
    });
    watch.observe(frame);
    return () => {
      watch.disconnect();
      left_at.set(box.dataset.from, last);
      target.interrupt().on(".zoom", null);
      back();
    };
  };
})();
