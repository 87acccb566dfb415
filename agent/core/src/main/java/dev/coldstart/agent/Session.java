package dev.coldstart.agent;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.export.Exporter;
import dev.coldstart.export.JfrEvents;
import dev.coldstart.export.ReportDir;
import dev.coldstart.export.WarmStats;
import dev.coldstart.report.JvmFacts;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.StartKind;
import dev.coldstart.report.StartupReport;
import dev.coldstart.report.SummaryText;
import dev.coldstart.report.advice.Advisor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is known about this run, from its first finished request on: lets each request be read and
 * get its start kind, keeps the first ones in full, and tells the exporters. Used by the background
 * thread only.
 */
final class Session {
  private static final int MAX_NOT_WARM_KEPT = 128;
  private static final long MAX_KEPT_SPANS =
      Math.max(8_192, Runtime.getRuntime().maxMemory() >> 13);
  private static final int MAX_RECOLD_SHOWN = 3;
  private static final int MAX_WARNINGS = 50;
  private static final long EXIT_EXPORT_NANOS = 100_000_000;

  /** With the time that writing takes, what a kill -9 takes is less than a second's. */
  private static final long REFRESH_NANOS = 750_000_000;

  private final Background background;
  private final int warmKept;
  private final Clock clock = Clock.now();
  private final RequestReader requests = new RequestReader(clock);
  private final WarmStats statistics = new WarmStats();
  private final PromptCacheEstimate promptCache = new PromptCacheEstimate();
  private final Map<Integer, RequestReport> kept = new LinkedHashMap<>();
  private final StartKinds kinds;
  private final List<RequestReport> recoldToShow = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final JvmFacts jvm = JvmFactsReader.read();
  private final String service;
  private final ReportDir dir;
  private final Exporter exporters;
  private final AgentFactsReader agentFacts;
  private final Explainer explainer;

  /** What was recorded outside requests until the first ones were decided on; null after that. */
  private List<Trace> outside = new ArrayList<>();

  private StartupReport startup;
  private long keptSpans;
  private int reported;
  private int warmSeen;
  private int notWarm;
  private int recoldSeen;
  private long intervals;
  private long dropped;
  private long droppedNotes;
  private boolean changed;
  private long writtenNanos;
  private boolean firstShown;
  private boolean warmShown;

  Session(Background background) {
    this.background = background;
    Settings settings = background.settings;
    warmKept = settings.count(Option.WARM);
    kinds =
        new StartKinds(
            background.attached() == null ? FirstRequests.cold() : FirstRequests.none(),
            TimeUnit.MILLISECONDS.toNanos(settings.millis(Option.IDLE)),
            Restores.ofRuntime());
    service = ServiceName.of(settings.text(Option.SERVICE));
    String given = settings.text(Option.DIR);
    dir =
        given.isEmpty()
            ? new ReportDir(
                Path.of(System.getProperty("java.io.tmpdir"), "coldstart"),
                background.user.getAsLong(),
                service,
                jvm.pid(),
                this::say)
            : ReportDir.named(given, service, jvm.pid(), this::say);
    agentFacts = new AgentFactsReader(background);
    exporters = Exports.of(settings, service, dir, statistics, this::warn);
    explainer =
        new Explainer(
            background.samples(),
            background.weaver().weaving(),
            Exports.recording(settings),
            background::exiting);
  }

  /** {@code jfr=on}: records the rest of the run, whatever that costs. */
  void startJfr() {
    if (!dir.prepare()) {
      return;
    }
    if (JfrEvents.available()) {
      JfrEvents.startRecording(dir.file("jfr"), this::say);
    } else {
      say("jfr=on: this Java runtime has no JFR (module jdk.jfr)");
    }
  }

  /**
   * Takes requests that have ended, oldest first. Those kept in full are written at once, others
   * hardly more often than once a second: a busy service has many of them.
   *
   * @param traces what was read is taken out: the rest is there still if the heap is full
   * @param inFlight the requests that were in flight shortly before
   * @return whether the files were written
   */
  boolean finished(Deque<Trace> traces, Trace[] inFlight) {
    boolean inFull = false;
    List<Trace> recorded = background.others().takeRecorded();
    if (outside != null) {
      outside.addAll(recorded);
    }
    while (!traces.isEmpty()) {
      Reading reading = requests.read(traces.element(), reported + 1);
      Trace trace = traces.remove();
      reported++;
      intervals += trace.size();
      dropped += trace.dropped();
      droppedNotes += trace.droppedNotes();
      changed = true;
      inFull |= agentRequest(trace, reading, inFlight);
    }
    if (kinds.canDecide(inFlight)) {
      decideFirst();
      inFull = true;
    }
    changed |= background.others().takeChanged();
    boolean due = inFull || (changed && System.nanoTime() - writtenNanos > REFRESH_NANOS);
    if (due) {
      write();
    }
    return due;
  }

  private void write() {
    if (outside == null) {
      // Outside requests nothing more is reported; the memory is used again.
      Recorder.swapAmbient();
    }
    RunReport report = report(false);
    exporters.report(report);
    if (explainer.readRecording(kept)) {
      // Takes a while: the report above is there in case the process ends meanwhile.
      report = report(false);
      exporters.report(report);
    }
    if (!kinds.anyOpen()) {
      summaries(report);
    }
    changed = false;
    writtenNanos = System.nanoTime();
  }

  /** No request came for a while: tells of the start-up alone. */
  void startupOnly() {
    if (startup == null && kept.isEmpty()) {
      exporters.report(report(false));
    }
  }

  /** The process ends. */
  void exit() {
    if (kinds.anyOpen()) {
      decideFirst();
    }
    RunReport report = report(true);
    exporters.report(report);
    if (background.settings.on(Option.SUMMARY) && !firstShown) {
      firstShown = true;
      System.err.print(SummaryText.first(report, reportFile()));
    }
    exporters.close(EXIT_EXPORT_NANOS);
  }

  /** The process ends before {@link #exit} is done; called by another thread. */
  void outOfTime() {
    exporters.outOfTime();
  }

  /** Returns whether the request is kept in full. */
  private boolean agentRequest(Trace trace, Reading reading, Trace[] inFlight) {
    if (kinds.restoredBefore(trace)) {
      decideFirst();
      kinds.startAgain();
    }
    if (startup == null) {
      outside.addAll(List.of(Recorder.swapAmbient()));
      startup = startup(trace.startNanos);
      if (background.attached() != null) {
        // Nothing is first in a process that was running.
        outside = null;
      }
    }
    RequestReport request = kinds.of(reading, inFlight);
    boolean keep = keep(request);
    if (keep) {
      kept.put(request.id(), explainer.explain(request, trace));
    }
    if (!kinds.isOpen(request)) {
      tell(request, keep);
    }
    return keep;
  }

  private boolean keep(RequestReport request) {
    if (StartKind.RECOLD.is(request) && recoldSeen++ < MAX_RECOLD_SHOWN) {
      recoldToShow.add(request);
    }
    if (!StartKind.WARM.is(request)) {
      return notWarm++ < MAX_NOT_WARM_KEPT && fits(request.spans().size());
    }
    boolean first = ++warmSeen <= warmKept;
    return (first || (kinds.isAfterQuiet(request) && notWarm++ < MAX_NOT_WARM_KEPT))
        && fits(request.spans().size());
  }

  /** A report is made and written as a whole, which takes some kB for each interval. */
  private boolean fits(int spans) {
    if (keptSpans > 0 && keptSpans + spans > MAX_KEPT_SPANS) {
      warn(
          "not every request is kept in full: all their intervals would take too much of this heap"
              + " (-Xmx); the histograms have their times");
      return false;
    }
    keptSpans += spans;
    return true;
  }

  /** All requests have ended that could be among the first: what each of them was. */
  private void decideFirst() {
    List<RequestReport> decided = kinds.decide(outsideRequests());
    for (RequestReport request : decided) {
      RequestReport seemed = kept.get(request.id());
      if (seemed != null) {
        kept.put(request.id(), seemed.withKind(request.kind(), request.waitedFor()));
      }
      tell(request, seemed != null);
    }
    if (outside != null && !decided.isEmpty()) {
      startup = startup(earliest(decided));
      kinds.startup(startup);
      outside = null;
    }
  }

  private static long earliest(List<RequestReport> requests) {
    long first = requests.get(0).startMonotonicNanos();
    for (RequestReport request : requests) {
      long start = request.startMonotonicNanos();
      first = start - first < 0 ? start : first;
    }
    return first;
  }

  private void tell(RequestReport request, boolean keep) {
    promptCache.learn(request);
    statistics.record(request);
    exporters.request(request, keep);
  }

  private RunReport report(boolean atExit) {
    List<RequestReport> shown = new ArrayList<>(kept.size());
    for (RequestReport request : kept.values()) {
      shown.add(promptCache.applyTo(request));
    }
    titleFirst(shown);
    StartupReport start = startup != null ? startup : startup(System.nanoTime());
    List<String> all = new ArrayList<>(background.weaver().warnings());
    all.addAll(warnings);
    all.addAll(background.samples().stops().warnings(clock));
    RunReport report =
        new RunReport(
            RunReport.SCHEMA,
            service,
            jvm,
            agentFacts.read(
                intervals + start.spans().size(),
                dropped,
                droppedNotes,
                atExit,
                clock.epochNanos(System.nanoTime()),
                all),
            start,
            shown,
            background.others().list(),
            statistics.snapshot(),
            List.of(),
            null);
    return report.withAdvice(Advisor.advise(report));
  }

  /** Oldest first, but for the one that did the first-time work. */
  private static void titleFirst(List<RequestReport> requests) {
    requests.sort((a, b) -> Long.signum(a.startMonotonicNanos() - b.startMonotonicNanos()));
    for (int i = 1; i < requests.size() && !hasTitle(requests.get(0)); i++) {
      if (hasTitle(requests.get(i))) {
        requests.add(0, requests.remove(i));
      }
    }
  }

  private static boolean hasTitle(RequestReport request) {
    return StartKind.COLD.is(request) || StartKind.RESTORED.is(request);
  }

  private StartupReport startup(long untilNanos) {
    return new StartupReader(
            clock,
            background.premainBeginNanos,
            background.premainEndNanos(),
            background.attached() != null)
        .read(untilNanos, outsideRequests());
  }

  private List<Trace> outsideRequests() {
    List<Trace> all = new ArrayList<>(List.of(Recorder.ambient()));
    if (outside != null) {
      all.addAll(outside);
      all.addAll(background.calls().startup());
    }
    return all;
  }

  private void summaries(RunReport report) {
    if (!background.settings.on(Option.SUMMARY)) {
      return;
    }
    if (!firstShown) {
      firstShown = true;
      System.err.print(SummaryText.first(report, reportFile()));
    }
    if (!warmShown && warmKept > 0 && warmSeen >= warmKept) {
      warmShown = true;
      System.err.print(SummaryText.warm(report, reportFile()));
    }
    for (RequestReport request : recoldToShow) {
      System.err.print(SummaryText.recold(report, request, reportFile()));
    }
    recoldToShow.clear();
  }

  private String reportFile() {
    return dir.unwritable() ? null : dir.file("json").toString();
  }

  private void say(String warning) {
    AgentLog.line(warning);
    warn(warning);
  }

  private void warn(String warning) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(warning);
    }
  }
}
