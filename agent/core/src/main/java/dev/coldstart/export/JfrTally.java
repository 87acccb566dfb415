package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.Slice;
import dev.coldstart.report.Explained;
import dev.coldstart.report.Explained.Reason;
import dev.coldstart.report.RequestReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;

/**
 * Adds up the events of one request: what its threads waited for, loaded or ran in the stretches no
 * phase covers. Keeps names of classes and methods, never paths or hosts.
 */
final class JfrTally {
  private static final String CLASS_LOADING = "class loading";
  private static final String SOURCE = "jfr";

  /** Less is noise: the clocks of JFR and the reports are some 0.1 ms apart. */
  private static final long MIN_NANOS = 1_000_000;

  /** Methods in which a pool's thread waits for its next task: nobody waits for that. */
  private static final Set<String> IDLE =
      Set.of(
          "java.util.concurrent.ThreadPoolExecutor.getTask",
          "org.apache.tomcat.util.threads.ThreadPoolExecutor.getTask",
          "java.util.concurrent.ForkJoinPool.awaitWork",
          "java.util.concurrent.ForkJoinPool.runWorker");

  private final Set<Long> threads;
  private final long periodNanos;
  private final Stretches unattributed = new Stretches();
  private final Stretches window = new Stretches();
  private final Map<String, Tally> tallies = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private long compiledNanos;
  private long compilations;
  private long longestNanos;
  private String longest = "";

  private record Sample(long atNanos, String frame) {}

  private static final class Tally {
    final String what;
    final String detail;
    final Stretches stretches = new Stretches();
    long count;

    Tally(String what, String detail) {
      this.what = what;
      this.detail = detail;
    }
  }

  /**
   * A tally for one request.
   *
   * @param threads ids of the threads that worked for it
   * @param periodNanos between two samples of a running thread
   */
  JfrTally(RequestReport request, Set<Long> threads, long periodNanos) {
    this.threads = threads;
    this.periodNanos = periodNanos;
    long start = request.startEpochNanos();
    window.add(start, start + request.wallNanos());
    for (Slice slice : request.slices()) {
      if (slice.phase().equals(Phase.UNATTRIBUTED)) {
        unattributed.add(start + slice.startNanos(), start + slice.endNanos());
      }
    }
  }

  void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ClassLoad" -> own(event, CLASS_LOADING, "");
      case "jdk.JavaMonitorEnter" -> own(event, "lock", type(event, "monitorClass"));
      case "jdk.JavaMonitorWait" -> waiting(event, "wait", type(event, "monitorClass"));
      case "jdk.ThreadPark" -> waiting(event, "park", type(event, "parkedClass"));
      case "jdk.ThreadSleep" -> own(event, "sleep", "");
      case "jdk.FileRead" -> own(event, "file", "read");
      case "jdk.FileWrite", "jdk.FileForce" -> own(event, "file", "write");
      case "jdk.SocketRead" -> own(event, "socket", "read");
      case "jdk.SocketWrite" -> own(event, "socket", "write");
      case "jdk.GCPhasePause" -> count("gc", "", event);
      case "jdk.Compilation" -> compilation(event);
      case "jdk.ExecutionSample" -> sample(event);
      default -> {
        // Tells nothing about one request.
      }
    }
  }

  /** Largest first. */
  List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    Stretches loading = new Stretches();
    for (Tally tally : tallies.values()) {
      if (tally.what.equals(CLASS_LOADING)) {
        loading = tally.stretches;
      }
      long nanos = tally.stretches.nanos();
      if (nanos >= MIN_NANOS) {
        reasons.add(
            new Reason(tally.what, tally.detail, SOURCE, Explained.REQUEST, nanos, tally.count));
      }
    }
    for (Map.Entry<String, Long> frame : frames(loading).entrySet()) {
      long count = frame.getValue();
      long nanos = count * periodNanos;
      reasons.add(
          new Reason("frame", frame.getKey(), "jfr samples", Explained.REQUEST, nanos, count));
    }
    if (compilations > 0) {
      String detail = "longest: " + longest;
      reasons.add(
          new Reason(
              "compilation", detail, SOURCE, Explained.PROCESS, compiledNanos, compilations));
    }
    reasons.sort(Comparator.comparing(Reason::tookNanos).reversed());
    return reasons;
  }

  /** Samples taken while classes were loaded are told as that. */
  private Map<String, Long> frames(Stretches loading) {
    Map<String, Long> frames = new HashMap<>();
    for (Sample sample : samples) {
      if (!loading.contain(sample.atNanos)) {
        frames.merge(sample.frame, 1L, Long::sum);
      }
    }
    return frames;
  }

  private void own(RecordedEvent event, String what, String detail) {
    if (ours(event.getThread())) {
      count(what, detail, event);
    }
  }

  private void waiting(RecordedEvent event, String what, String detail) {
    if (ours(event.getThread()) && !idle(event.getStackTrace())) {
      count(what, detail, event);
    }
  }

  private void count(String what, String detail, RecordedEvent event) {
    long begin = epochNanos(event.getStartTime());
    Stretches part = unattributed.within(begin, epochNanos(event.getEndTime()));
    if (part.nanos() > 0) {
      Tally tally = tallies.computeIfAbsent(what + ' ' + detail, key -> new Tally(what, detail));
      tally.stretches.add(part);
      tally.count++;
    }
  }

  private void compilation(RecordedEvent event) {
    long begin = epochNanos(event.getStartTime());
    long nanos = window.within(begin, epochNanos(event.getEndTime())).nanos();
    if (nanos > 0) {
      compilations++;
      compiledNanos += nanos;
      if (nanos > longestNanos && event.getValue("method") instanceof RecordedMethod method) {
        longestNanos = nanos;
        longest = name(method);
      }
    }
  }

  private void sample(RecordedEvent event) {
    long at = epochNanos(event.getStartTime());
    RecordedThread thread = event.getValue("sampledThread");
    if (ours(thread) && unattributed.contain(at)) {
      samples.add(new Sample(at, frame(event.getStackTrace())));
    }
  }

  private boolean ours(RecordedThread thread) {
    return thread != null && threads.contains(thread.getJavaThreadId());
  }

  private static boolean idle(RecordedStackTrace stack) {
    return stack != null
        && stack.getFrames().stream().anyMatch(frame -> IDLE.contains(name(frame.getMethod())));
  }

  /** The method that ran, and the application's that called it when it is the JDK's. */
  private static String frame(RecordedStackTrace stack) {
    String top = null;
    for (RecordedFrame frame : stack == null ? List.<RecordedFrame>of() : stack.getFrames()) {
      if (!frame.isJavaFrame()) {
        continue;
      }
      String name = name(frame.getMethod());
      boolean jdk = name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
      if (!jdk) {
        return top == null ? name : top + " in " + name;
      }
      top = top == null ? name : top;
    }
    return top == null ? "unknown" : top;
  }

  private static String name(RecordedMethod method) {
    return method.getType().getName() + '.' + method.getName();
  }

  private static String type(RecordedEvent event, String field) {
    return event.getValue(field) instanceof RecordedClass type ? type.getName() : "";
  }

  private static long epochNanos(Instant instant) {
    return Duration.between(Instant.EPOCH, instant).toNanos();
  }
}
