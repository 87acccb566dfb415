// The top of the page: the sentence, the bars, what to try.

function requestName(request) {
  return "#" + request.id + " " + request.kind + " " + request.method + " " + request.route;
}

// Which request is looked at, and which one stands beside it.
function picker(label, requests, current, none, change) {
  const options = requests.map(r => {
    const option = el("option", {value: r.id}, requestName(r) + ", " + time(r.wall_ns));
    option.selected = r === current;
    return option;
  });
  const select = el("select", {onchange: () => change(requests.find(r => String(r.id) === select.value))},
      none ? el("option", {value: ""}, none) : null, options);
  return el("label", {}, label, select);
}

function answer(data, request, beside) {
  const {report} = data;
  const derived = data.derived[request.id];
  const rows = [
    {name: "Before ready", ns: data.until_ready_ns, note: time(data.until_ready_ns),
      parts: data.before_ready.map(([phase, ns]) => ({phase, ns}))},
    {name: requestName(request), ns: request.wall_ns, note: time(request.wall_ns), parts: parts(request)}];
  if (beside) {
    rows.push({name: requestName(beside), ns: beside.wall_ns,
      note: time(beside.wall_ns) + (report.warm && beside.kind === "warm" ? ", near the warm median" : ""),
      parts: parts(beside)});
  }
  return [
    el("h1", {}, request.phases.length > 0 ? glued(derived.title)
      : "Nothing inside this request was measured: all of its " + time(request.wall_ns) + " is unattributed."),
    el("p", {class: "lead"}, glued(derived.detail + " " + derived.beside)),
    request.failed ? el("p", {class: "notice"}, "This request failed: its handler threw an exception.") : null,
    stackedBars(rows),
    windowNote(request)];
}

function windowNote(request) {
  const end = request.window === "first_visible_token"
    ? "the first token the user could see" : "the end of the response";
  return el("p", {class: "soft"}, "Measured from the request's first byte to " + end
      + (request.duration_ns > request.wall_ns ? "; the response ended after " + time(request.duration_ns) : "")
      + ". The parts of a bar add up to it exactly.");
}

function adviceList(advice) {
  if (advice.length === 0) {
    return null;
  }
  return section("What to try", "Savings are upper bounds; they overlap, so they do not add up.",
      el("ol", {class: "advice"}, advice.map(a => el("li", {},
          el("div", {class: "title"}, a.title),
          a.saving_ns === null ? null : el("div", {class: "saves"}, "saves up to " + time(a.saving_ns)),
          el("p", {class: "soft"}, glued(a.evidence))))));
}

// The first part of the page when no request came.
function noRequest(data) {
  const {startup} = data.report;
  return [
    el("h1", {}, "The process ran for " + time(startup.wall_ns) + " and no request was seen."),
    el("p", {class: "lead"}, data.report.agent.warnings[0]
        || "To find out why, run: java -jar coldstart-agent.jar doctor"),
    stackedBars([{name: "Start-up", ns: startup.wall_ns, note: time(startup.wall_ns), parts: parts(startup)}])];
}
