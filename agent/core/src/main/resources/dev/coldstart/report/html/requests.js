// What else is known about one request, and the list of all of them.

function modelCalls(request) {
  return request.llm.length === 0 ? null
    : section("Model calls", null, callTable("Calls of models in this request", request));
}

function callTable(caption, request) {
  const columns = [["model", ""], ["start", "n"], ["first token", "n"], ["on the wire", "n"], ["took", "n"],
    ["prompt cache", ""], ["tokens in", "n"], ["from cache", "n"], ["to cache", "n"], ["out", "n"], ["", ""]];
  const rows = request.llm.map(call => [
    call.system + " " + (call.model === null ? "model unknown" : call.model), time(call.start_ns),
    firstToken(call), time(call.wait_ns), time(call.duration_ns), cacheState(call),
    known(call.input_tokens), known(call.cached_tokens), known(call.cache_write_tokens),
    known(call.output_tokens), callFlags(call)]);
  return table(caption, columns, rows);
}

function firstToken(call) {
  if (call.ttft_ns === null && call.first_tool_call_ns !== null) {
    return time(call.first_tool_call_ns) + " (tool call)";
  }
  return call.ttft_ns === null ? "none came" : time(call.ttft_ns);
}

function cacheState(call) {
  return call.cache_idle_ns === null || call.cache_idle_ns === undefined
    ? call.prompt_cache : call.prompt_cache + ", last hit " + time(call.cache_idle_ns) + " before";
}

function callFlags(call) {
  return [call.streaming ? "streamed" : "not streamed", call.failed ? "failed" : null,
    call.model_load_ns === null || call.model_load_ns === undefined
      ? null : "model loaded in " + time(call.model_load_ns)].filter(f => f !== null).join(", ");
}

// Waits for others, what expired, what ran in turn.
function causes(request) {
  return [
    request.waited_for.length === 0 ? null : section("Waited for first-time work of others",
        "Inferred from timing; this time is part of unattributed.",
        table("First-time work of others this request waited for",
            [["work", "wide"], ["phase", ""], ["ran in", ""], ["thread", ""], ["waited", "n"]],
            request.waited_for.map(w => [w.name, phaseName(w.phase),
              w.request === null ? "no request" : "request #" + w.request, w.thread || "unknown",
              time(w.waited_ns)]))),
    request.expired.length === 0 ? null : section("What had expired",
        request.idle_ns === null ? null : "The service had been quiet for " + time(request.idle_ns) + ".",
        table("What was warm and had to be made again",
            [["what", ""], ["work", "wide"], ["phase", ""], ["not used for", "n"], ["took", "n"]],
            request.expired.map(e => [e.what, e.name, phaseName(e.phase), time(e.idle_ns),
              time(e.exclusive_ns)]))),
    request.serial.length === 0 ? null : section("One after the other",
        "Work that could have run side by side; the saving is an upper bound.",
        table("Work that ran in turn",
            [["phase", ""], ["pieces", "n"], ["together", "n"], ["saving", "n"]],
            request.serial.map(s => [phaseName(s.phase), s.count, time(s.serial_ns), time(s.saving_ns)])))];
}

function unattributed(request) {
  const e = request.explained;
  const intro = time(request.unattributed_ns) + " of this request is covered by no phase ("
      + share(request.unattributed_ns, request.wall_ns) + "). Meanwhile "
      + request.classes_defined + " classes were defined.";
  return section("Unattributed time explained", intro, e === null
    ? el("p", {class: "soft"}, "What the process did meanwhile was not looked at.")
    : [reasonTable(e), processTable(e), e.unknown.map(u => el("p", {class: "soft"}, "Unknown: " + u))]);
}

function reasonTable(explained) {
  const rows = explained.reasons.map(r => [r.what + (r.detail ? ": " + r.detail : ""),
    r.took_ns === null ? "-" : (r.source === "jfr samples" ? "~" : "") + time(r.took_ns),
    r.count === null ? "-" : r.count,
    r.scope === "request" ? "this request, in unattributed stretches" : "whole process", r.source]);
  return rows.length === 0 ? null : table("What may have taken the time; rows overlap and do not add up",
      [["what", "wide"], ["took", "n"], ["count", "n"], ["seen in", ""], ["source", ""]], rows);
}

function processTable(e) {
  const stretch = e.from_ns === null || e.to_ns === null ? ""
    : ", over " + time(e.to_ns - e.from_ns) + " from " + time(e.from_ns) + " of the request";
  return pairs("The whole process meanwhile, all threads together" + stretch, [
    ["CPU time used", time(e.cpu_ns)], ["held back by the CPU limit", time(e.throttled_ns)],
    ["garbage collection", time(e.gc_ns)], ["all threads stopped (safepoints)", time(e.safepoint_ns)],
    ["compilation (JIT threads)", time(e.jit_ns)],
    ["loading classes", time(e.class_load_ns) + ", " + known(e.classes_loaded) + " classes"],
    ["static initialisers", time(e.class_init_ns)], ["Coldstart's own weaving", time(e.weaving_ns)]]);
}

function allRequests(data, choose) {
  const {report} = data;
  const rows = report.requests.map(r => [
    button("#" + r.id, "Look at request " + r.id, () => choose(r)), r.kind + (r.failed ? ", failed" : ""),
    r.method + " " + r.route, time(r.wall_ns), time(r.ttft_ns), time(r.unattributed_ns),
    r.idle_ns === null ? "-" : time(r.idle_ns)]);
  const columns = [["request", ""], ["kind", ""], ["route", "wide"], ["window", "n"], ["first token", "n"],
    ["unattributed", "n"], ["quiet before", "n"]];
  const others = report.others.map(o => [o.method + " " + o.route, o.count, time(o.first_ns), time(o.max_ns)]);
  return section("Requests", null,
      rows.length === 0 ? null : table("Requests kept in full, oldest first", columns, rows),
      others.length === 0 ? null : table("Other requests: no agent work ran in them",
          [["route", "wide"], ["count", "n"], ["first", "n"], ["longest", "n"]], others));
}
