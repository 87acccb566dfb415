// Draws a waterfall on a canvas. What the request waited for is solid, the rest of a span faded.

const AXIS = 26;
const FADED = 0.3;
const DIMMED = 0.1;
const FONT = "12px system-ui, sans-serif";

// state: {layout, view: {from, to}, width, height, scrollTop, chosen, matches, scales, pattern}
function drawWaterfall(context, state) {
  const {layout, width, height, scrollTop} = state;
  context.font = FONT;
  context.textBaseline = "middle";
  context.fillStyle = colour("--ground");
  context.fillRect(0, 0, width, height);
  const first = state.scales[0];
  const marks = ticks(state.view.from / first, state.view.to / first, Math.floor(width / 110));
  drawGrid(context, state, marks);
  for (const row of layout.rows) {
    const y = row.y - scrollTop + AXIS;
    if (y > height || y + ROW < AXIS) {
      continue;
    }
    if (row.kind === "title") {
      drawText(context, row.title, 8, y + LANE_TITLE / 2 + 2, width - 16, colour("--soft"));
    } else if (row.kind === "path") {
      drawPath(context, state, row, y);
    } else {
      drawSpans(context, state, row, y);
    }
  }
  layout.groups.forEach((group, i) => drawGroup(context, state, group, i));
  drawAxis(context, state, marks);
}

// Where a time of a group is; a group may be stretched to the first one's length.
function toX(state, group, ns) {
  const {from, to} = state.view;
  return (ns * state.scales[group] - from) / (to - from) * state.width;
}

function drawGrid(context, state, marks) {
  context.fillStyle = colour("--line");
  for (const t of marks) {
    context.fillRect(Math.round(toX(state, 0, t)), AXIS, 1, state.height);
  }
}

function drawAxis(context, state, marks) {
  context.fillStyle = colour("--panel");
  context.fillRect(0, 0, state.width, AXIS);
  context.fillStyle = colour("--line");
  context.fillRect(0, AXIS - 1, state.width, 1);
  for (const t of marks) {
    const x = toX(state, 0, t);
    drawText(context, time(Math.round(t)), x + 4, AXIS / 2, state.width - x - 4, colour("--soft"));
  }
}

function drawGroup(context, state, group, index) {
  const y = group.top - state.scrollTop + AXIS;
  const end = Math.round(toX(state, index, group.request.wall_ns));
  context.fillStyle = colour("--ink");
  const lineTop = Math.max(AXIS, y + GROUP_TITLE - 4);
  const lineEnd = y + group.bottom - group.top - GROUP_GAP;
  if (lineEnd > lineTop) {
    context.fillRect(end, lineTop, 1, lineEnd - lineTop);
  }
  if (y + GROUP_TITLE < AXIS || y > state.height) {
    return;
  }
  context.font = "600 13px system-ui, sans-serif";
  drawText(context, group.title, 8, y + GROUP_TITLE / 2, state.width - 16, colour("--ink"));
  context.font = FONT;
}

function drawPath(context, state, row, y) {
  const hidden = {right: -Infinity};
  for (const slice of row.slices) {
    const box = clip(state, row.group, slice.start_ns, slice.end_ns, hidden);
    if (!box) {
      continue;
    }
    context.fillStyle = colour(variable(slice.phase));
    context.fillRect(box.x, y, box.width, ROW);
    if (slice.phase === "unattributed" && box.width > 3) {
      context.fillStyle = state.pattern;
      context.fillRect(box.x, y, box.width, ROW);
    }
    drawLabel(context, state, slice.phase, slice.phase, box, y);
  }
}

function drawSpans(context, state, row, y) {
  const group = state.layout.groups[row.group];
  const before = state.view.from / state.scales[row.group];
  const hidden = {right: -Infinity};
  for (let i = firstVisible(row.spans, before); i < row.spans.length; i++) {
    const span = row.spans[i];
    if (toX(state, row.group, span.start_ns) > state.width) {
      break;
    }
    const special = span === state.chosen || (state.matches && state.matches.has(span));
    const box = clip(state, row.group, span.start_ns, span.end_ns, special ? null : hidden);
    if (box) {
      drawSpan(context, state, row, span, box, y, group.owned.get(span.id));
    }
  }
}

function drawSpan(context, state, row, span, box, y, owned) {
  const dimmed = state.matches && !state.matches.has(span);
  const fill = colour(variable(span.phase));
  context.fillStyle = fill;
  context.globalAlpha = dimmed ? DIMMED : FADED;
  context.fillRect(box.x, y + 2, box.width, ROW - 3);
  context.globalAlpha = dimmed ? DIMMED * 2 : 1;
  const hidden = {right: -Infinity};
  for (const slice of owned || []) {
    const part = clip(state, row.group, slice.start_ns, slice.end_ns, hidden);
    if (part) {
      context.fillRect(part.x, y + 2, part.width, ROW - 3);
    }
  }
  context.globalAlpha = 1;
  if (span.failed && !dimmed) {
    context.fillStyle = colour("--bad");
    context.fillRect(box.x, y + ROW - 3, box.width, 2);
  }
  if (!dimmed) {
    const solid = (owned || []).reduce((most, s) => Math.max(most, s.end_ns - s.start_ns), 0)
        >= 0.9 * (span.end_ns - span.start_ns);
    drawLabel(context, state, span.name, solid ? span.phase : null, box, y);
  }
  if (span === state.chosen) {
    context.strokeStyle = colour("--ink");
    context.lineWidth = 2;
    context.strokeRect(box.x, y + 1, Math.max(3, box.width), ROW - 2);
  }
}

// The visible part of a stretch, at least a pixel; null when outside or painted over already.
function clip(state, group, start, end, drawn) {
  const left = toX(state, group, start);
  const right = toX(state, group, end);
  if (right < 0 || left > state.width) {
    return null;
  }
  const x = Math.max(0, left);
  const width = Math.max(1, Math.min(state.width, right) - x);
  if (drawn) {
    if (x + width <= drawn.right) {
      return null;
    }
    drawn.right = x + width;
  }
  return {x, width: width > 3 ? width - 0.5 : width};
}

function drawLabel(context, state, text, phase, box, y) {
  if (box.width > 34) {
    const ink = phase ? inkOn(colour(variable(phase))) : colour("--ink");
    drawText(context, text, box.x + 4, y + ROW / 2 + 1, box.width - 8, ink);
  }
}

// Text cut to a width; measuring is dear, so lengths are guessed from the average letter.
function drawText(context, text, x, y, room, ink) {
  const most = Math.floor(room / 6.4);
  if (most < 3) {
    return;
  }
  context.fillStyle = ink;
  context.fillText(text.length <= most ? text : text.slice(0, most - 1) + "\u2026", x, y, room);
}

// Fine diagonal lines for what nobody owns.
function hatch(context) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.strokeStyle = colour("--hatch");
  pen.beginPath();
  pen.moveTo(-2, 10);
  pen.lineTo(10, -2);
  pen.moveTo(-2, 2);
  pen.lineTo(2, -2);
  pen.moveTo(6, 10);
  pen.lineTo(10, 6);
  pen.stroke();
  return context.createPattern(tile, "repeat");
}
