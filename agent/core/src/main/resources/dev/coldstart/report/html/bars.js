// Stacked bars on one scale.

// The parts of a request that add up to its window, largest first, the rest last.
function parts(breakdown) {
  const list = breakdown.phases
      .filter(p => p.exclusive_ns > 0)
      .map(p => ({phase: p.phase, ns: p.exclusive_ns, estimated: p.estimated}))
      .sort((a, b) => b.ns - a.ns);
  if (breakdown.unattributed_ns > 0) {
    list.push({phase: "unattributed", ns: breakdown.unattributed_ns, estimated: false});
  }
  return list;
}

// rows: {name, ns, note, parts}; all bars share the scale of the longest.
function stackedBars(rows) {
  const scale = Math.max(1, ...rows.map(r => r.ns));
  return el("div", {class: "bars"}, rows.map(row => [
    el("div", {class: "name"}, el("b", {}, row.name), el("span", {}, row.note)),
    el("div", {class: "track"}, bar(row, scale))]));
}

function bar(row, scale) {
  const list = el("ol", {class: "bar", "aria-label": row.name + ", " + time(row.ns)},
      row.parts.map(part => segment(part, row.ns)));
  list.style.width = Math.min(100, 100 * row.ns / scale) + "%";
  return list;
}

function segment(part, whole) {
  const amount = (part.estimated ? "~" : "") + time(part.ns);
  const text = part.phase + " " + amount + ", " + share(part.ns, whole);
  const node = el("li", {class: "seg", title: text + " (" + exact(part.ns) + ")"},
      el("span", {class: "label", "aria-hidden": "true"}, el("b", {}, part.phase), amount),
      el("span", {class: "unseen"}, text));
  node.style.flex = part.ns + " 1 0px";
  return paint(node, part.phase);
}

// One bar without text, for a table cell.
function thinBar(phase, ns, largest) {
  const node = paint(el("div", {class: "thin", "aria-hidden": "true"}), phase);
  node.hidden = !(ns > 0);
  node.style.width = (largest > 0 ? Math.max(0, 100 * ns / largest) : 0) + "%";
  return node;
}
