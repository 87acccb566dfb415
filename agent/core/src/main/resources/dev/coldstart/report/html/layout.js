// Where everything is in a waterfall, in ns and pixels: pure, without canvas or document.

const ROW = 20;
const LANE_TITLE = 18;
const GROUP_TITLE = 30;
const GROUP_GAP = 14;
const MAX_DEPTH = 60;

// groups: {title, request}. Returns {groups, rows, height, from, to, wall}; a row is a line of bars.
function layout(groups) {
  const rows = [];
  const placed = [];
  let y = 0;
  groups.forEach((group, index) => {
    const top = y;
    y += GROUP_TITLE;
    const owned = slicesByOwner(group.request.slices);
    rows.push({group: index, y, kind: "path", spans: [], slices: group.request.slices});
    y += ROW + 4;
    for (const lane of lanes(group.request.spans)) {
      rows.push({group: index, y, kind: "title", title: lane.thread, spans: []});
      y += LANE_TITLE;
      for (const spans of lane.rows) {
        rows.push({group: index, y, kind: "spans", spans});
        y += ROW;
      }
    }
    y += GROUP_GAP;
    placed.push({title: group.title, request: group.request, owned, top, bottom: y});
  });
  const wall = Math.max(1, ...groups.map(g => g.request.wall_ns));
  const all = groups.flatMap(g => g.request.spans);
  const from = all.reduce((least, s) => Math.min(least, s.start_ns), 0);
  const to = all.reduce((most, s) => Math.max(most, s.end_ns), wall);
  return {groups: placed, rows, height: y, from, to, wall};
}

function slicesByOwner(slices) {
  const owned = new Map();
  for (const slice of slices) {
    if (slice.interval >= 0) {
      if (!owned.has(slice.interval)) {
        owned.set(slice.interval, []);
      }
      owned.get(slice.interval).push(slice);
    }
  }
  return owned;
}

// One lane per thread, in order of first work; in it as many rows as work is nested or overlaps.
function lanes(spans) {
  const byThread = new Map();
  const sorted = [...spans].sort((a, b) => a.start_ns - b.start_ns || b.end_ns - a.end_ns || a.id - b.id);
  for (const span of sorted) {
    const thread = span.thread || "thread unknown";
    if (!byThread.has(thread)) {
      byThread.set(thread, []);
    }
    byThread.get(thread).push(span);
  }
  return [...byThread].map(([thread, own]) => ({thread, rows: stack(own)}));
}

// Each span goes below its parent, on the first row that is free; spans come sorted by start.
function stack(spans) {
  const rows = [];
  const depth = new Map();
  for (const span of spans) {
    let row = depth.has(span.parent) ? depth.get(span.parent) + 1 : 0;
    while (row < rows.length && row < MAX_DEPTH && rows[row].end > span.start_ns) {
      row++;
    }
    row = Math.min(row, MAX_DEPTH);
    while (rows.length <= row) {
      rows.push({end: -Infinity, spans: []});
    }
    rows[row].spans.push(span);
    rows[row].end = Math.max(rows[row].end, span.end_ns);
    depth.set(span.id, row);
  }
  return rows.filter(row => row.spans.length > 0).map(row => row.spans);
}

// Index of the first span of a sorted row that may reach beyond a time; rows hardly overlap.
function firstVisible(spans, from) {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].end_ns < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Round steps of a time axis, at most so many.
function ticks(from, to, most) {
  const rough = (to - from) / Math.max(1, most);
  const power = Math.pow(10, Math.floor(Math.log10(Math.max(1, rough))));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough) || rough;
  const list = [];
  for (let t = Math.ceil(from / step) * step; t <= to && list.length < 50; t += step) {
    list.push(t);
  }
  return list;
}
