// The table of phases: who owned the time, and what warm requests need.

function phaseTable(request, derived, warm) {
  const largest = Math.max(1, request.unattributed_ns, ...request.phases.map(p => p.exclusive_ns));
  const rows = request.phases.map(p => phaseRow(p, request, derived, warm, largest));
  rows.push(...warmOnly(request, warm));
  rows.push([phaseName("unattributed"), time(request.unattributed_ns),
    thinBar("unattributed", request.unattributed_ns, largest),
    share(request.unattributed_ns, request.wall_ns), "", "", "",
    ...warmCells(warm, "unattributed", request.unattributed_ns)]);
  const total = sum(request.phases.map(p => p.exclusive_ns)) + request.unattributed_ns;
  const wall = warm ? [time(warm.wall.p50_ns), time(warm.wall.p95_ns),
    ratio(request.wall_ns, warm.wall.p50_ns)] : ["-", "-", "-"];
  const columns = [["phase", ""], ["exclusive", "n"], ["", "cell-bar"], ["share", "n"],
    ["total", "n"], ["hidden", "n"], ["count", "n"], ["warm p50", "n"], ["warm p95", "n"],
    ["ratio", "n"]];
  return [
    table("Time by phase; exclusive times are what the request waited for and add up", columns, rows,
        ["window", time(request.wall_ns), "", "100" + NBSP + "%", "", "", "", ...wall]),
    addsUp(total, request.wall_ns),
    estimateNote(request)];
}

function phaseRow(p, request, derived, warm, largest) {
  const nested = Math.min(p.hidden_ns, (derived.nested || {})[p.phase] || 0);
  const hidden = p.hidden_ns - nested;
  const text = hidden > 0 || nested === 0 ? time(hidden) : "nested";
  const cell = el("span", {title: time(nested) + " owned by phases inside it, " + time(hidden)
      + " behind slower work"}, text);
  return [phaseName(p.phase), (p.estimated ? "~" : "") + time(p.exclusive_ns),
    thinBar(p.phase, p.exclusive_ns, largest), share(p.exclusive_ns, request.wall_ns),
    time(p.total_ns), cell, p.count, ...warmCells(warm, p.phase, p.exclusive_ns)];
}

function warmCells(warm, phase, ns) {
  const found = warm ? warm.phases.find(p => p.phase === phase) : null;
  return found
    ? [time(found.p50_ns), time(found.p95_ns), ratio(ns, found.p50_ns)]
    : ["-", "-", "-"];
}

// Phases that only warm requests have.
function warmOnly(request, warm) {
  const own = new Set(request.phases.map(p => p.phase)).add("unattributed");
  return (warm ? warm.phases : [])
      .filter(p => !own.has(p.phase) && p.p50_ns > 0)
      .map(p => [phaseName(p.phase), "-", "", "-", "-", "-", "-", time(p.p50_ns), time(p.p95_ns), "-"]);
}

function addsUp(total, wall) {
  return total === wall
    ? el("p", {class: "soft"}, "The rows add up to the window exactly: " + exact(total) + ".")
    : el("p", {class: "notice"}, "The rows sum to " + exact(total) + " but the window is "
        + exact(wall) + ": this is a defect of Coldstart, please report it.");
}

function estimateNote(request) {
  return request.phases.some(p => p.estimated)
    ? el("p", {class: "soft"}, "~ is estimated from warm requests with a prompt-cache hit, not measured.")
    : null;
}
