package dev.coldstart.agent;

import dev.coldstart.phase.Attribution;
import dev.coldstart.phase.Attributor;
import dev.coldstart.phase.Interval;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Requests for tests, times in ms since their start. */
final class Requests {
  private static final long MS = 1_000_000;

  private final long startNanos;
  private final List<Interval> intervals = new ArrayList<>();
  private final List<LlmCall> calls = new ArrayList<>();
  private int id = 1;
  private long wall = 1_000 * MS;

  Requests(long startNanos) {
    this.startNanos = startNanos;
  }

  Requests id(int number) {
    id = number;
    return this;
  }

  Requests wall(long millis) {
    wall = millis * MS;
    return this;
  }

  Requests span(String phase, String name, long from, long to) {
    return span(-1, phase, name, from, to);
  }

  /** Inside the latest span. */
  Requests child(String phase, String name, long from, long to) {
    return span(intervals.size() - 1, phase, name, from, to);
  }

  private Requests span(int parent, String phase, String name, long from, long to) {
    intervals.add(
        new Interval(
            intervals.size(),
            parent,
            phase,
            name,
            startNanos + from * MS,
            startNanos + to * MS,
            id,
            "thread-" + id,
            false,
            false,
            false,
            new HashMap<>()));
    return this;
  }

  /** On the latest span. */
  Requests note(String key, String value) {
    intervals.get(intervals.size() - 1).notes().put(key, value);
    return this;
  }

  /** With its span. */
  Requests call(String cache, long from, long to) {
    span("llm_ttft", "model: first token", from, to);
    calls.add(
        new LlmCall(
            intervals.size() - 1,
            "openai",
            "gpt-4o-mini",
            true,
            from * MS,
            (to - from) * MS,
            null,
            null,
            (to - from) * MS,
            cache,
            cache.equals("expired") ? (Long) (400_000 * MS) : null,
            null,
            null,
            null,
            null,
            null,
            null,
            false));
    return this;
  }

  RequestReport build() {
    return reading().report();
  }

  Reading reading() {
    Attribution attribution = Attributor.attribute(startNanos, startNanos + wall, intervals);
    RequestReport report =
        new RequestReport(
            id,
            "warm",
            "GET",
            "/chat",
            "response_end",
            startNanos,
            0,
            wall,
            wall,
            null,
            attribution.phases(),
            attribution.unattributedNanos(),
            0,
            0,
            false,
            null,
            "0af7651916cd43dd8448eb211c80319c",
            null,
            Spans.relative(attribution.slices(), startNanos),
            Spans.of(intervals, attribution.slices(), startNanos),
            calls,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    return new Reading(report, intervals);
  }
}
