// Start-up, the agent's own cost, the JVM, warnings.

function startupSection(data) {
  const {startup} = data.report;
  const ready = startup.ready_ns === null ? "Readiness was not seen; this is until the first request."
    : "Ready after " + time(startup.ready_ns) + (startup.ready_signal ? " (" + startup.ready_signal + ")" : "")
      + ", first request after " + time(startup.wall_ns) + ".";
  const whole = data.until_ready_ns;
  const largest = Math.max(1, ...data.before_ready.map(([, ns]) => ns));
  const rows = data.before_ready.map(([phase, ns]) =>
    [phaseName(phase), time(ns), thinBar(phase, ns, largest), share(ns, whole)]);
  return section("Paid before ready", ready, table("Where the start-up went, until ready",
      [["phase", ""], ["exclusive", "n"], ["", "cell-bar"], ["share", "n"]], rows,
      ["process start to ready", time(whole), "", "100" + NBSP + "%"]));
}

// What Kubernetes tells of the pod, with the process's own start in its place.
function podSection(report) {
  const {pod} = report;
  if (!pod) {
    return null;
  }
  const ns = ms => ms === null ? null : ms * 1e6;
  const took = step => step.start_epoch_ms === null || step.end_epoch_ms === null ? null
    : step.end_epoch_ms - step.start_epoch_ms;
  const largest = Math.max(1, ...pod.steps.map(step => took(step) || 0));
  const rows = pod.steps.map(step => [step.name,
    took(step) === null && step.together_ms !== null
      ? "unknown, " + time(ns(step.together_ms)) + " with its unknown neighbours" : time(ns(took(step))),
    took(step) === null ? "" : thinBar("app_start", took(step), largest),
    step.source || "", step.detail || ""]);
  return section("The pod until ready", pod.pod + ", container " + pod.container
      + ". Kubernetes tells most times in whole seconds.",
      table("Steps of the pod from its creation to ready",
          [["step", ""], ["time", "n"], ["", "cell-bar"], ["told by", ""], ["detail", ""]], rows,
          ["creation to ready", time(ns(pod.whole_ms)), "", "", ""]),
      pod.notes.map(note => el("p", {class: "notice"}, note)));
}

function firstUserSection(data, request) {
  const paid = data.derived[request.id].first_time;
  if (paid.length === 0 || request.kind === "warm") {
    return null;
  }
  const {warm} = data.report;
  const largest = Math.max(...paid.map(([, ns]) => ns));
  return section("Paid by this user",
      warm ? "What exceeds the warm medians." : "First-time work; there are no warm requests to compare with yet.",
      table("What this request paid and warm ones do not",
          [["phase", ""], ["time", "n"], ["", "cell-bar"]],
          paid.map(([phase, ns]) => [phaseName(phase), time(ns), thinBar(phase, ns, largest)]),
          ["together", time(sum(paid.map(([, ns]) => ns))), ""]));
}

// [what, value] of one report; the comparison shows them for two.
function facts(report) {
  const {agent, jvm} = report;
  return [
    ["service", report.service],
    ["process", "pid " + jvm.pid + ", started " + date(jvm.start_epoch_ms)],
    ["Java", jvm.version + ", " + jvm.vm],
    ["JVM options", jvm.flags.length === 0 ? "none" : jvm.flags.join(" ")],
    ["CPUs", jvm.cpus + ", limit " + (jvm.cpu_quota === null ? "none or unknown" : jvm.cpu_quota)],
    ["CDS", jvm.cds],
    ["AOT cache", jvm.aot],
    ["Coldstart", agent.version],
    ["its premain", time(agent.premain_ns) + ", measured"],
    ["its weaving", time(agent.weaving_ns) + ", measured; " + agent.classes_woven + " of "
        + agent.classes_seen + " classes"],
    ["compiling that", time(agent.compiling_ns)
        + (agent.compiling_ns === null ? "" : ", estimated")],
    ["its recording", time(agent.recording_ns) + ", estimated; " + plural(agent.intervals, "interval")],
    ["its background CPU", time(agent.background_cpu_ns)
        + (agent.background_cpu_ns === null ? "" : ", measured")],
    ["libraries watched", agent.libraries.join(", ") || "none"],
    ["lost or failed", agent.dropped + " intervals or requests"
        + " lost to full buffers, " + plural(agent.advice_failures, "exception") + " swallowed in probes"]];
}

function factsSection(report) {
  const cost = report.agent.premain_ns + report.agent.weaving_ns + report.agent.recording_ns
      + (report.agent.compiling_ns || 0);
  return section("Process and own cost", "Coldstart itself took about " + time(cost)
      + ". It is never charged to a phase of the application, except what it weaves while a class loads.",
      pairs("Facts about the process and the agent", facts(report)));
}

function date(epochMillis) {
  const value = new Date(epochMillis);
  return Number.isNaN(value.getTime()) ? "unknown" : value.toISOString().replace("T", " ").slice(0, 19) + " UTC";
}

function warnings(report) {
  return report.agent.warnings.length === 0 ? null
    : section("Warnings", null, report.agent.warnings.map(w => el("p", {class: "notice"}, w)));
}
