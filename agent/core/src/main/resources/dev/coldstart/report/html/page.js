// Puts the page together from the data block, and again when another request is chosen.

let drawn = [];

function waterfallSection(groups) {
  const spans = new SpanTable(groups.map(g => g.request));
  const waterfall = new Waterfall(groups, matches => spans.filter(matches));
  drawn.push(waterfall);
  const missing = groups.filter(g => g.request.left_out > 0).map(g => el("p", {class: "notice"},
      "The " + plural(g.request.left_out, "span") + " of request #" + g.request.id
      + " are left out of this page to keep it small; the JSON file has them."));
  return section("Waterfall",
      "One lane per thread. Solid is what the request waited for, its critical path, which is also drawn as the"
      + " strip on top; faded is what ran behind something slower or around something inside it. The upright line"
      + " is the end of the window.",
      missing, waterfall.node, spans.node);
}

// A warm request in the middle, or any other one.
function standard(report, request) {
  const warm = report.requests.filter(r => r.kind === "warm" && r !== request);
  if (warm.length === 0) {
    return null;
  }
  const median = report.warm ? report.warm.wall.p50_ns : warm[0].wall_ns;
  return warm.reduce((best, r) =>
    Math.abs(r.wall_ns - median) < Math.abs(best.wall_ns - median) ? r : best);
}

function reportPage(data, request, beside) {
  const {report} = data;
  const head = el("p", {class: "eyebrow"}, "Coldstart \u00b7 " + report.service + " \u00b7 "
      + date(report.jvm.start_epoch_ms) + " \u00b7 pid " + report.jvm.pid);
  const rest = [podSection(report), startupSection(data), allRequests(data, r => show(data, r, standard(report, r))),
    factsSection(report), warnings(report)];
  if (!request) {
    return [head, ...noRequest(data), ...rest];
  }
  const others = report.requests.filter(r => r !== request);
  const groups = [request, beside].filter(r => r).map(r =>
    ({title: requestName(r) + ", " + time(r.wall_ns), request: r}));
  return [
    head,
    ...answer(data, request, beside),
    el("div", {class: "controls"},
        picker("Request", report.requests, request, null, r => show(data, r, standard(report, r))),
        picker("beside", others, beside, "none", r => show(data, request, r || null))),
    adviceList(report.advice),
    section("Time by phase", null, ...phaseTable(request, data.derived[request.id], report.warm)),
    waterfallSection(groups),
    modelCalls(request),
    ...causes(request),
    unattributed(request),
    firstUserSection(data, request),
    ...rest];
}

function fill(nodes) {
  document.getElementById("page").replaceChildren(...nodes.flat(Infinity).filter(n => n));
}

// Keeps the focus where it was when a control caused it.
function show(data, request, beside) {
  const label = document.activeElement && document.activeElement.closest("label");
  const text = label ? label.firstChild.textContent : null;
  drawn.forEach(w => w.resize.disconnect());
  drawn = [];
  fill(reportPage(data, request, beside));
  const again = [...document.querySelectorAll("label")].find(l => l.firstChild.textContent === text);
  if (again) {
    again.querySelector("select, input").focus();
  } else if (label === null && text === null) {
    window.scrollTo(0, 0);
  }
}

function retheme() {
  repaint();
  drawn.forEach(w => w.retheme());
}

function start() {
  const {reports} = JSON.parse(document.getElementById("data").textContent);
  const [data, other] = reports;
  if (other) {
    document.title = "Coldstart: " + data.name + " and " + other.name;
    fill(comparePage(data, other));
  } else {
    document.title = "Coldstart: " + data.report.service;
    const request = data.report.requests[0];
    fill(reportPage(data, request, request ? standard(data.report, request) : null));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", retheme);
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.theme = "print";
    retheme();
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.theme;
    retheme();
  });
}

start();
