package dev.coldstart.agent;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.export.JfrReasons;
import dev.coldstart.report.Explained;
import dev.coldstart.report.Explained.Reason;
import dev.coldstart.report.RequestReport;
import dev.coldstart.weave.WeavingTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What the process did while a request ran: from samples of its counters, and from a JFR recording
 * where one runs. Used by the background thread only.
 */
final class Explainer {
  private static final int MAX_REASONS = 20;

  /** Reasons from events, so that the process's own are not crowded out. */
  private static final int MAX_EVENTS = 12;

  /** Requests a recording is read for, in the life of the process: each costs some CPU. */
  private static final int MAX_READ = 64;

  /** Less needs no explanation. */
  private static final long MIN_UNATTRIBUTED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The process may have used that much more CPU than is counted. */
  private static final long CPU_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Below it a reason is noise. */
  private static final long MIN_REASON_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final Comparator<Reason> LARGEST_FIRST =
      Comparator.comparing((Reason reason) -> reason.scope().equals(Explained.REQUEST))
          .thenComparing(Reason::tookNanos, Comparator.nullsFirst(Comparator.naturalOrder()))
          .reversed();

  private final ProcessSamples samples;
  private final WeavingTime weaving;
  private final JfrReasons recording;
  private final BooleanSupplier stop;
  private final Map<Integer, Set<Long>> toRead = new LinkedHashMap<>();
  private int read;

  /**
   * Explains by what the process used up.
   *
   * @param recording null when JFR is off or missing
   * @param stop says when the process is about to end
   */
  Explainer(
      ProcessSamples samples, WeavingTime weaving, JfrReasons recording, BooleanSupplier stop) {
    this.samples = samples;
    this.weaving = weaving;
    this.recording = recording;
    this.stop = stop;
  }

  /** The request with the amounts of its window. */
  RequestReport explain(RequestReport request, Trace trace) {
    String missing = eventsMissing(request);
    if (missing == null) {
      toRead.put(request.id(), threads(trace));
      missing = "events: not read before the process ended";
    }
    long start = request.startMonotonicNanos();
    long end = start + request.wallNanos();
    ProcessSample first = samples.nearest(start);
    ProcessSample last = samples.nearest(end);
    boolean sampled = last.atNanos() - first.atNanos() > 0;
    ProcessSample used = sampled ? last.since(first) : ProcessSample.UNKNOWN;
    Explained amounts =
        new Explained(
            sampled ? (Long) (first.atNanos() - start) : null,
            sampled ? (Long) (last.atNanos() - start) : null,
            used.cpuNanos(),
            used.throttledNanos(),
            used.gcNanos(),
            used.safepointNanos(),
            used.jitNanos(),
            used.classLoadNanos(),
            used.classInitNanos(),
            used.classesLoaded(),
            weaving.nanosBetween(start, end),
            amountsMissing(sampled, used),
            List.of());
    return request.withExplained(withReasons(amounts, request, List.of(), missing));
  }

  /**
   * Reads the recording for the requests that were explained since the last call.
   *
   * @param kept requests by number, of which those are replaced
   * @return whether one was
   */
  boolean readRecording(Map<Integer, RequestReport> kept) {
    boolean changed = !toRead.isEmpty();
    toRead.forEach((id, threads) -> kept.computeIfPresent(id, (k, r) -> readFor(r, threads)));
    toRead.clear();
    return changed;
  }

  private RequestReport readFor(RequestReport request, Set<Long> threads) {
    read++;
    JfrReasons.Found found = recording.of(request, threads, stop);
    Explained amounts = request.explained();
    return request.withExplained(withReasons(amounts, request, found.reasons(), found.missing()));
  }

  /** Why no recording is read, null when one is. */
  private String eventsMissing(RequestReport request) {
    if (recording == null) {
      return "events: JFR is off or not in this Java runtime";
    }
    if (!recording.running()) {
      return "events: no JFR recording runs (jfr=on starts one)";
    }
    if (request.unattributedNanos() < MIN_UNATTRIBUTED_NANOS) {
      return "events: not read, hardly anything is unattributed";
    }
    boolean enough = read + toRead.size() >= MAX_READ;
    return enough ? "events: not read, they were for " + MAX_READ + " requests before" : null;
  }

  private List<String> amountsMissing(boolean sampled, ProcessSample used) {
    if (!sampled) {
      return List.of("amounts: nobody looked at the process while this request ran");
    }
    List<String> missing = new ArrayList<>();
    if (!samples.hasCounters()) {
      missing.add(
          "GC, JIT, class loading: the JVM keeps no performance counters (-XX:-UsePerfData)");
    }
    if (used.throttledNanos() == null) {
      missing.add("throttling: no cpu.stat of a cgroup with a CPU controller");
    }
    if (used.cpuNanos() == null) {
      missing.add("CPU time: /proc is not there, and JMX was not loaded when the request began");
    }
    return missing;
  }

  private Explained withReasons(
      Explained amounts, RequestReport request, List<Reason> events, String missing) {
    List<Reason> reasons = new ArrayList<>(events.subList(0, Math.min(MAX_EVENTS, events.size())));
    process(reasons, "gc", "jvm counters", amounts.gcNanos(), null);
    if (amounts.safepointNanos() != null && amounts.gcNanos() != null) {
      long other = amounts.safepointNanos() - amounts.gcNanos();
      process(reasons, "safepoint", "jvm counters", other, null);
    }
    process(reasons, "compilation", "jvm counters", amounts.jitNanos(), null);
    process(
        reasons,
        "class loading",
        "jvm counters",
        amounts.classLoadNanos(),
        amounts.classesLoaded());
    process(reasons, "static initialisers", "jvm counters", amounts.classInitNanos(), null);
    process(reasons, "throttling", "cgroup", amounts.throttledNanos(), null);
    process(reasons, "weaving", "transformer", amounts.weavingNanos(), null);
    long start = request.startMonotonicNanos();
    long stopped = samples.stops().leastNanosBetween(start, start + request.wallNanos());
    if (stopped >= MIN_REASON_NANOS) {
      reasons.add(new Reason("stopped", "", "proc", Explained.REQUEST, stopped, null));
    }
    if (missing != null && events.isEmpty()) {
      idle(reasons, amounts, request, stopped);
    }
    reasons.sort(LARGEST_FIRST);
    List<String> unknown = new ArrayList<>(amounts.unknown());
    unknown.removeIf(line -> line.startsWith("events: "));
    if (missing != null) {
      unknown.add(missing);
    }
    return amounts.with(unknown, reasons.subList(0, Math.min(MAX_REASONS, reasons.size())));
  }

  /**
   * The process as a whole used less CPU than the time no phase covers: the difference is the least
   * that was spent waiting there, for whatever it was. Events would tell what for.
   */
  private static void idle(
      List<Reason> reasons, Explained amounts, RequestReport request, long stoppedNanos) {
    if (amounts.cpuNanos() == null) {
      return;
    }
    long covered =
        Math.min(request.wallNanos(), amounts.toNanos()) - Math.max(0, amounts.fromNanos());
    long missed = request.wallNanos() - Math.max(0, covered);
    long busy = amounts.cpuNanos() + CPU_STEP_NANOS;
    long idle = request.unattributedNanos() - missed - busy - stoppedNanos;
    if (idle >= MIN_REASON_NANOS) {
      reasons.add(new Reason("no cpu", "", "proc", Explained.REQUEST, idle, null));
    }
  }

  private static void process(
      List<Reason> reasons, String what, String source, Long nanos, Long count) {
    if (nanos != null && nanos >= MIN_REASON_NANOS) {
      reasons.add(new Reason(what, "", source, Explained.PROCESS, nanos, count));
    }
  }

  private static Set<Long> threads(Trace trace) {
    Set<Long> threads = new HashSet<>();
    for (long id : trace.threads()) {
      threads.add(id);
    }
    for (int i = 0; i < trace.size(); i++) {
      Scope scope = trace.scope(i);
      if (scope != null) {
        threads.add(scope.threadId);
      }
    }
    return threads;
  }
}
