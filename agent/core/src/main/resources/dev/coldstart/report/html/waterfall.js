// The waterfall as people use it: search, zoom, hover, choose, by pointer or by keyboard.

const MIN_VIEW_NS = 1000;
const KEYS = "Arrow keys go from span to span, + and - zoom, Enter zooms to the span, Escape shows "
    + "all, / searches. Ctrl and wheel zoom, dragging moves.";

class Waterfall {
  // groups: {title, request}; the longest one sets the scale, the axis is that of the first.
  constructor(groups, onSearch) {
    this.onSearch = onSearch;
    this.layout = layout(groups);
    this.view = {from: 0, to: this.layout.wall};
    this.scales = groups.map(() => 1);
    this.stretched = groups.map(g => this.layout.wall / Math.max(1, g.request.wall_ns));
    this.ordered = this.layout.rows.flatMap(row => row.spans.map(span => ({span, row})))
        .sort((a, b) => a.row.group - b.row.group || a.span.start_ns - b.span.start_ns);
    this.chosen = null;
    this.matches = null;
    this.build(groups);
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.area);
  }

  build(groups) {
    this.canvas = el("canvas", {tabindex: "0", role: "application", "aria-roledescription": "waterfall",
      "aria-label": "Waterfall of " + plural(this.ordered.length, "span") + ". " + KEYS
          + " The same spans are in the table below.",
      onkeydown: e => this.key(e), onpointermove: e => this.hover(e), onpointerleave: () => this.hideTip(),
      onpointerdown: e => this.press(e), onpointerup: e => this.release(e),
      ondblclick: () => this.zoomToChosen()});
    this.canvas.addEventListener("wheel", e => this.wheel(e), {passive: false});
    this.tip = el("div", {class: "tip", hidden: true, "aria-hidden": "true"});
    this.spacer = el("div", {}, this.canvas);
    this.area = el("div", {class: "area", onscroll: () => this.draw()}, this.spacer);
    this.details = el("p", {class: "chosen", "aria-live": "polite"},
        el("span", {class: "soft"}, KEYS));
    this.search = el("input", {type: "search", placeholder: "name, phase, thread, note", size: "24",
      oninput: () => this.find(this.search.value),
      onkeydown: e => e.key === "Enter" ? this.nextMatch(e.shiftKey ? -1 : 1) : null});
    this.count = el("span", {class: "soft", role: "status"});
    const same = el("input", {type: "checkbox", onchange: () => this.stretch(!same.checked)});
    same.checked = true;
    this.node = el("div", {},
        el("div", {class: "controls"},
            el("label", {}, "Search", this.search), this.count,
            button("Zoom in", "Zoom in (+)", () => this.zoom(0.5)),
            button("Zoom out", "Zoom out (-)", () => this.zoom(2)),
            button("Show all", "Show all (Escape)", () => this.reset()),
            groups.length > 1 ? el("label", {}, same, "same time scale") : null),
        el("div", {class: "waterfall"}, this.area, this.tip),
        this.details);
  }

  // Adapts the canvas to its place; the backing store follows the screen's resolution.
  fit() {
    const width = this.area.clientWidth;
    const height = Math.min(AXIS + this.layout.height, 620);
    const dense = window.devicePixelRatio || 1;
    if (width === 0) {
      return;
    }
    this.width = width;
    this.height = height;
    this.canvas.width = Math.round(width * dense);
    this.canvas.height = Math.round(height * dense);
    this.canvas.style.width = width + "px";
    this.canvas.style.height = height + "px";
    this.spacer.style.height = AXIS + this.layout.height + "px";
    this.context = this.canvas.getContext("2d");
    this.context.setTransform(dense, 0, 0, dense, 0, 0);
    this.retheme();
  }

  retheme() {
    if (this.context) {
      this.pattern = hatch(this.context);
      this.paintNow();
    }
  }

  draw() {
    if (!this.planned) {
      this.planned = requestAnimationFrame(() => this.paintNow());
    }
  }

  paintNow() {
    cancelAnimationFrame(this.planned);
    this.planned = 0;
    if (this.context) {
      this.scrollTop = this.area.scrollTop;
      drawWaterfall(this.context, this);
    }
  }

  stretch(on) {
    this.scales = this.layout.groups.map((g, i) => on ? this.stretched[i] : 1);
    this.draw();
  }

  reset() {
    this.view = {from: 0, to: this.layout.wall};
    this.draw();
  }

  zoom(factor, atX) {
    const {from, to} = this.view;
    const x = atX === undefined ? 0.5 : atX / this.width;
    const centre = from + (to - from) * x;
    const length = Math.max(MIN_VIEW_NS, (to - from) * factor);
    this.show(centre - length * x, length);
  }

  // Keeps the view inside of what there is.
  show(from, length) {
    const {layout} = this;
    const least = Math.min(layout.from, 0);
    const most = Math.max(layout.to, layout.wall);
    const size = Math.min(length, most - least);
    const begin = Math.max(least, Math.min(from, most - size));
    this.view = {from: begin, to: begin + size};
    this.draw();
  }

  wheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(Math.exp(event.deltaY / 300), event.offsetX);
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      this.pan((event.deltaX || event.deltaY) / this.width);
    }
  }

  pan(part) {
    const length = this.view.to - this.view.from;
    this.show(this.view.from + length * part, length);
  }

  press(event) {
    this.dragged = {x: event.offsetX, moved: false};
    this.canvas.setPointerCapture(event.pointerId);
  }

  release(event) {
    if (this.dragged && !this.dragged.moved) {
      const hit = this.at(event.offsetX, event.offsetY);
      this.choose(hit, false);
    }
    this.dragged = null;
  }

  hover(event) {
    if (this.dragged) {
      const by = event.offsetX - this.dragged.x;
      if (this.dragged.moved || Math.abs(by) > 3) {
        this.dragged = {x: event.offsetX, moved: true};
        this.pan(-by / this.width);
      }
      return;
    }
    const hit = this.at(event.offsetX, event.offsetY);
    if (!hit) {
      this.hideTip();
      return;
    }
    this.tip.replaceChildren(el("b", {}, hit.span.name), spanFacts(hit.span));
    this.tip.hidden = false;
    const room = this.width - this.tip.offsetWidth - 8;
    this.tip.style.left = Math.max(4, Math.min(event.offsetX + 12, room)) + "px";
    this.tip.style.top = event.offsetY + 18 + "px";
  }

  hideTip() {
    this.tip.hidden = true;
  }

  // The span under a point, with a pixel of mercy for short ones.
  at(x, y) {
    const inside = y - AXIS + this.area.scrollTop;
    const row = y < AXIS ? null
        : this.layout.rows.find(r => r.kind === "spans" && inside >= r.y && inside < r.y + ROW);
    if (!row) {
      return null;
    }
    const span = row.spans.find(s =>
      x >= toX(this, row.group, s.start_ns) - 1 && x <= toX(this, row.group, s.end_ns) + 1);
    return span ? {span, row} : null;
  }

  choose(hit, bringIntoView) {
    this.chosen = hit ? hit.span : null;
    this.details.replaceChildren(hit
      ? el("span", {}, el("b", {}, hit.span.name), ": ", spanFacts(hit.span))
      : el("span", {class: "soft"}, KEYS));
    if (hit && bringIntoView) {
      this.bring(hit);
    }
    this.draw();
  }

  bring(hit) {
    const scale = this.scales[hit.row.group];
    const {from, to} = this.view;
    const start = hit.span.start_ns * scale;
    const end = hit.span.end_ns * scale;
    if (end < from || start > to) {
      this.show((start + end - (to - from)) / 2, to - from);
    }
    const top = hit.row.y;
    const below = top + ROW * 2 + AXIS - this.height;
    this.area.scrollTop = Math.max(Math.min(this.area.scrollTop, top), below);
  }

  zoomToChosen() {
    const hit = this.ordered.find(o => o.span === this.chosen);
    if (hit) {
      const scale = this.scales[hit.row.group];
      const length = Math.max(MIN_VIEW_NS, (hit.span.end_ns - hit.span.start_ns) * scale * 1.2);
      this.show(hit.span.start_ns * scale - length / 12, length);
    }
  }

  key(event) {
    const steps = {ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10};
    const actions = {
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2),
      Escape: () => { this.reset(); this.choose(null, false); },
      Enter: () => this.zoomToChosen(),
      "/": () => this.search.focus(),
      ArrowDown: () => this.jump(1), ArrowUp: () => this.jump(-1),
      Home: () => this.choose(this.ordered[0], true),
      End: () => this.choose(this.ordered[this.ordered.length - 1], true)};
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (steps[event.key]) {
      this.step(steps[event.key], this.matches);
    } else if (actions[event.key]) {
      actions[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  }

  // To the next span in time, or the next that was found.
  step(by, among) {
    const list = among && among.size > 0 ? this.ordered.filter(o => among.has(o.span)) : this.ordered;
    if (list.length > 0) {
      const at = list.findIndex(o => o.span === this.chosen);
      const next = at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + by));
      this.choose(list[next], true);
    }
  }

  // To the row below or above, near the same time.
  jump(by) {
    const rows = this.layout.rows.filter(r => r.kind === "spans");
    const at = rows.findIndex(r => r.spans.includes(this.chosen));
    const row = rows[at < 0 ? 0 : at + by];
    if (row) {
      const start = this.chosen ? this.chosen.start_ns : 0;
      const span = row.spans.find(s => s.end_ns >= start) || row.spans[row.spans.length - 1];
      this.choose({span, row}, true);
    }
  }

  find(text) {
    const wanted = text.trim().toLowerCase();
    this.matches = wanted === "" ? null
        : new Set(this.ordered.filter(o => haystack(o.span).includes(wanted)).map(o => o.span));
    this.count.textContent = this.matches
      ? this.matches.size + " of " + plural(this.ordered.length, "span") : "";
    this.onSearch(this.matches);
    this.draw();
  }

  nextMatch(by) {
    if (!this.matches || this.matches.size === 0) {
      return;
    }
    const list = this.ordered.filter(o => this.matches.has(o.span));
    const at = list.findIndex(o => o.span === this.chosen);
    this.choose(list[(at + by + list.length) % list.length], true);
  }
}

const haystacks = new WeakMap();

// All text of a span, in lower case, made once.
function haystack(span) {
  let text = haystacks.get(span);
  if (text === undefined) {
    text = [span.name, span.phase, span.thread, ...Object.entries(span.notes).flat()]
        .join(" ").toLowerCase();
    haystacks.set(span, text);
  }
  return text;
}
