// Two reports side by side: A, then B.

function comparePage(a, b) {
  const first = a.report.requests[0];
  const second = b.report.requests[0];
  const names = el("p", {class: "eyebrow"}, "Coldstart, two reports: A is " + a.name + " (" + a.report.service
      + "), B is " + b.name + " (" + b.report.service + ")");
  if (!first || !second) {
    return [names, el("h1", {}, "There is nothing to compare: no request in "
        + (first ? "B" : second ? "A" : "either report") + "."), ...compareFacts(a, b)];
  }
  const cascade = waterfallSection([
    {title: "A: " + requestName(first) + ", " + time(first.wall_ns), request: first},
    {title: "B: " + requestName(second) + ", " + time(second.wall_ns), request: second}]);
  return [
    names,
    el("h1", {}, verdict(first, second)),
    el("p", {class: "lead"}, largestChange(first, second)),
    el("p", {class: "soft"}, "Two single starts: this cannot tell noise from change. Measure several starts and"
        + " let the compare command judge."),
    stackedBars([
      {name: "A before ready", ns: a.until_ready_ns, note: time(a.until_ready_ns), parts: pairsToParts(a)},
      {name: "B before ready", ns: b.until_ready_ns, note: time(b.until_ready_ns), parts: pairsToParts(b)},
      {name: "A " + requestName(first), ns: first.wall_ns, note: time(first.wall_ns), parts: parts(first)},
      {name: "B " + requestName(second), ns: second.wall_ns, note: time(second.wall_ns), parts: parts(second)}]),
    section("First request by phase", "Exclusive times; each column adds up to its window.",
        changeTable("First requests", exclusives(first), exclusives(second), first.wall_ns, second.wall_ns, "window")),
    section("Before ready", null, changeTable("Start-up until ready", new Map(a.before_ready), new Map(b.before_ready),
        a.until_ready_ns, b.until_ready_ns, "process start to ready")),
    warmSection(a.report.warm, b.report.warm),
    cascade,
    section("Model calls", null, [["A", first], ["B", second]].map(([name, r]) =>
      callTable("Calls of models in " + name + (r.llm.length === 0 ? ": none" : ""), r))),
    ...compareFacts(a, b)];
}

function pairsToParts(data) {
  return data.before_ready.map(([phase, ns]) => ({phase, ns}));
}

function exclusives(request) {
  return new Map([...request.phases.map(p => [p.phase, p.exclusive_ns]),
    ["unattributed", request.unattributed_ns]]);
}

function verdict(a, b) {
  const change = b.wall_ns - a.wall_ns;
  const percent = a.wall_ns > 0 ? " (" + share(Math.abs(change), a.wall_ns) + ")" : "";
  return "B took " + time(b.wall_ns) + ": " + time(Math.abs(change)) + percent
      + (change < 0 ? " less than A" : " more than A") + "\u2019s " + time(a.wall_ns) + ".";
}

function largestChange(a, b) {
  const rows = changes(exclusives(a), exclusives(b));
  const largest = rows[0];
  return largest && largest.change !== 0
    ? "The largest change is in " + largest.phase + ": " + signed(largest.change) + "." : "No phase differs.";
}

// Phases of both, largest change first.
function changes(a, b) {
  return [...new Set([...a.keys(), ...b.keys()])]
      .map(phase => ({phase, a: a.get(phase), b: b.get(phase), change: (b.get(phase) || 0) - (a.get(phase) || 0)}))
      .sort((x, y) => Math.abs(y.change) - Math.abs(x.change));
}

function changeTable(caption, a, b, wholeA, wholeB, whole) {
  const rows = changes(a, b);
  const largest = Math.max(1, ...rows.map(r => Math.abs(r.change)));
  const cell = ns => ns === undefined ? "-" : time(ns);
  return table(caption + ", largest change first", [["phase", ""], ["A", "n"], ["B", "n"], ["B - A", "n"], ["", "cell-bar"],
    ["change", "n"]],
  rows.map(r => [phaseName(r.phase), cell(r.a), cell(r.b), changeText(r.change),
    thinBar(r.phase, Math.abs(r.change), largest), r.a > 0 ? percentChange(r.change, r.a) : "-"]),
  [whole, time(wholeA), time(wholeB), signed(wholeB - wholeA), "", percentChange(wholeB - wholeA, wholeA)]);
}

function changeText(change) {
  return el("span", {class: change > 0 ? "bad" : change < 0 ? "good" : null}, signed(change));
}

function percentChange(change, base) {
  return base > 0 ? (change > 0 ? "+" : "") + (100 * change / base).toFixed(1) + NBSP + "%" : "-";
}

function warmSection(a, b) {
  if (!a || !b) {
    return null;
  }
  const medians = warm => new Map(warm.phases.map(p => [p.phase, p.p50_ns]));
  return section("Warm requests, medians", a.count + " warm requests in A, " + b.count + " in B. Medians of"
      + " phases do not add up to the median of the window.",
  changeTable("Medians of warm requests", medians(a), medians(b), a.wall.p50_ns, b.wall.p50_ns, "window"));
}

function compareFacts(a, b) {
  const other = new Map(facts(b.report));
  const rows = facts(a.report).map(([what, value]) => {
    const differs = value !== other.get(what);
    return [what, value, differs ? el("b", {}, other.get(what)) : other.get(what)];
  });
  return [
    section("Processes", "What differs is bold.", table("Facts about both processes",
        [["what", ""], ["A", "wide"], ["B", "wide"]], rows)),
    ...[a, b].map((data, i) => data.report.agent.warnings.length === 0 ? null
      : section("Warnings of " + "AB"[i], null,
          data.report.agent.warnings.map(w => el("p", {class: "notice"}, w))))];
}
