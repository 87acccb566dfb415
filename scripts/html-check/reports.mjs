// Makes reports from a real one that no demo run gives: one with many spans, one that is hostile.
// usage: node reports.mjs REAL.json OUT_DIR
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";

const SPANS = 5000;
const HOSTILE = "</script><script>window.hacked=1;fetch('http://127.0.0.1:9/x')</script>"
    + "<img src=http://127.0.0.1:9/i onerror=window.hacked=2>\u2028\u2029'\"&lt;javascript:hacked\u202e";

const [real, out] = process.argv.slice(2);
const read = () => JSON.parse(readFileSync(real, "utf8"));
const write = (name, report) => writeFileSync(join(out, name), JSON.stringify(report));

// 40 threads, nested three deep, over 30 s; the first thread owns what it covers.
function many(report) {
  const phases = ["tool_registry", "schema_validation", "vector_store_connect", "embedding", "tool_call",
    "llm_ttft", "acme_rules"];
  const request = report.requests[0];
  const wall = 30e9;
  const threads = 40;
  const perThread = SPANS / threads;
  const spans = [];
  for (let id = 0; id < SPANS; id++) {
    const thread = Math.floor(id / perThread);
    const nth = id % perThread;
    const depth = nth % 3;
    const length = wall / (perThread / 3);
    const start = Math.floor(nth / 3) * length * 0.98 + depth * length * 0.1;
    spans.push({id, parent: depth === 0 ? null : id - 1, phase: phases[(thread + nth) % phases.length],
      name: "work " + id, start_ns: Math.round(start), end_ns: Math.round(start + length * (0.9 - depth * 0.25)),
      exclusive_ns: 0, thread: "pool-1-thread-" + thread, failed: id % 500 === 7, open: false, inferred: false,
      notes: {number: id}});
  }
  const own = spans.slice(0, perThread).filter(s => s.parent === null && s.end_ns <= wall);
  const exclusive = new Map();
  request.slices = [];
  let at = 0;
  const slice = (end, phase, interval) => {
    if (end > at) {
      request.slices.push({start_ns: at, end_ns: end, phase, interval});
      exclusive.set(phase, (exclusive.get(phase) || 0) + end - at);
      at = end;
    }
  };
  for (const span of own) {
    slice(span.start_ns, "unattributed", -1);
    span.exclusive_ns = span.end_ns - at;
    slice(span.end_ns, span.phase, span.id);
  }
  slice(wall, "unattributed", -1);
  request.wall_ns = wall;
  request.duration_ns = wall;
  request.unattributed_ns = exclusive.get("unattributed") || 0;
  exclusive.delete("unattributed");
  request.phases = [...exclusive].sort((a, b) => b[1] - a[1]).map(([phase, ns]) => ({phase, exclusive_ns: ns,
    total_ns: ns, hidden_ns: 0, count: SPANS / phases.length | 0, estimated: false}));
  request.spans = spans;
  request.llm = [];
  report.requests = [request, ...report.requests.slice(1)];
  return report;
}

// Everything that is text and that an application could have named.
function hostile(report) {
  report.service = HOSTILE;
  report.jvm.flags = ["-X" + HOSTILE];
  report.agent.warnings = [HOSTILE];
  report.agent.libraries = [HOSTILE];
  report.startup.ready_signal = HOSTILE;
  report.advice = [{title: HOSTILE, evidence: HOSTILE, saving_ns: 1e9}];
  report.others = [{method: HOSTILE, route: HOSTILE, count: 3, first_ns: 1e6, max_ns: 2e6}];
  const request = report.requests[0];
  Object.assign(request, {method: HOSTILE, route: "/" + HOSTILE, idle_ns: 6e10,
    waited_for: [{phase: "tool_registry", name: HOSTILE, thread: HOSTILE, request: null, waited_ns: 5e6}],
    expired: [{what: HOSTILE, phase: "db_connect", name: HOSTILE, exclusive_ns: 7e6, idle_ns: null}],
    serial: [{phase: "tool_registry", count: 2, serial_ns: 9e6, saving_ns: 4e6}]});
  if (request.explained) {
    request.explained.unknown = [HOSTILE];
    request.explained.reasons = [{what: HOSTILE, detail: HOSTILE, source: HOSTILE, scope: "request", took_ns: 1e6, count: null}];
  }
  for (const span of request.spans) {
    span.name = HOSTILE;
    span.thread = HOSTILE;
    span.notes = {[HOSTILE]: HOSTILE, constructor: "x", __proto__: "y"};
  }
  for (const call of request.llm) {
    call.model = HOSTILE;
    call.system = HOSTILE;
  }
  request.phases[0].phase = HOSTILE;
  return report;
}

write("many.json", many(read()));
write("hostile.json", hostile(read()));
