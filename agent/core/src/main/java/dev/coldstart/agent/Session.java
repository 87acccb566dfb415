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
import dev.coldstart.report.StartupReport;
import dev.coldstart.report.SummaryText;
import dev.coldstart.report.advice.Advisor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known about this run, from its first finished request on: gives each request its start
 * kind, keeps the first ones in full, and tells the exporters. Used by the background thread only.
 */
final class Session {
  private static final int MAX_COLD_KEPT = 64;
  private static final int MAX_WARNINGS = 50;
  private static final long EXIT_EXPORT_NANOS = 100_000_000;
  private static final long REFRESH_NANOS = 1_000_000_000;

  private final Background background;
  private final int warmKept;
  private final Clock clock = Clock.now();
  private final RequestReader requests = new RequestReader(clock);
  private final WarmStats statistics = new WarmStats();
  private final PromptCacheEstimate promptCache = new PromptCacheEstimate();
  private final List<RequestReport> kept = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final JvmFacts jvm = JvmFactsReader.read();
  private final String service;
  private final ReportDir dir;
  private final Exporter exporters;
  private final AgentFactsReader agentFacts;
  private final Explainer explainer;
  private StartupReport startup;
  private long firstCompletedNanos;
  private int reported;
  private int warmSeen;
  private long intervals;
  private long dropped;
  private boolean changed;
  private long writtenNanos;
  private boolean firstShown;
  private boolean warmShown;

  Session(Background background) {
    this.background = background;
    Settings settings = background.settings;
    warmKept = settings.count(Option.WARM);
    service = ServiceName.of(settings.text(Option.SERVICE));
    String given = settings.text(Option.DIR);
    Path path =
        given.isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir"), "coldstart")
            : Path.of(given);
    dir = new ReportDir(path, service, jvm.pid(), this::say);
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
    if (JfrEvents.available()) {
      JfrEvents.startRecording(dir.file("jfr"), this::say);
    } else {
      say("jfr=on: this Java runtime has no JFR (module jdk.jfr)");
    }
  }

  /** Takes requests that have ended, oldest first. */
  void finished(List<Trace> traces) {
    boolean inFull = false;
    for (Trace trace : traces) {
      intervals += trace.size();
      dropped += trace.dropped();
      // A health probe or a static file is not what anybody waits for.
      if (trace.size() > 0 || trace.declared) {
        inFull |= agentRequest(trace);
        changed = true;
      }
    }
    if (inFull) {
      write();
    }
  }

  /**
   * Brings the files up to date with requests that are only counted, at most once a second: a busy
   * service has many of them. A request that is kept in full was written at once.
   */
  void refresh() {
    if (changed && System.nanoTime() - writtenNanos > REFRESH_NANOS) {
      write();
    }
  }

  private void write() {
    // Outside requests nothing more is reported; the memory is used again.
    Recorder.swapAmbient();
    RunReport report = report();
    exporters.report(report);
    if (explainer.readRecording(kept)) {
      // Takes a while: the report above is there in case the process ends meanwhile.
      report = report();
      exporters.report(report);
    }
    summaries(report);
    changed = false;
    writtenNanos = System.nanoTime();
  }

  /** No request came for a while: tells of the start-up alone. */
  void startupOnly() {
    if (startup == null && kept.isEmpty()) {
      exporters.report(report());
    }
  }

  /** The process ends. */
  void exit() {
    RunReport report = report();
    exporters.report(report);
    if (kept.isEmpty() && background.settings.on(Option.SUMMARY)) {
      System.err.print(SummaryText.first(report, reportFile()));
    }
    exporters.close(EXIT_EXPORT_NANOS);
  }

  /** Returns whether the request is kept in full. */
  private boolean agentRequest(Trace trace) {
    boolean cold =
        background.attached() == null
            && (firstCompletedNanos == 0 || trace.startNanos - firstCompletedNanos < 0);
    if (startup == null) {
      startup = startup(trace.startNanos, Recorder.swapAmbient());
    }
    RequestReport request = requests.read(trace, ++reported, cold ? "cold" : "warm");
    if (firstCompletedNanos == 0) {
      firstCompletedNanos = trace.startNanos + trace.end;
    }
    promptCache.learn(request);
    statistics.record(request);
    boolean keep;
    if (cold) {
      keep = kept.size() < MAX_COLD_KEPT;
    } else {
      warmSeen++;
      keep = warmSeen <= warmKept;
    }
    if (keep) {
      kept.add(explainer.explain(request, trace));
    }
    exporters.request(request, keep);
    return keep;
  }

  private RunReport report() {
    List<RequestReport> shown = new ArrayList<>(kept.size());
    for (RequestReport request : kept) {
      shown.add(promptCache.applyTo(request));
    }
    StartupReport start =
        startup != null ? startup : startup(System.nanoTime(), Recorder.ambient());
    List<String> all = new ArrayList<>(background.weaver().warnings());
    all.addAll(warnings);
    RunReport report =
        new RunReport(
            RunReport.SCHEMA,
            service,
            jvm,
            agentFacts.read(intervals + start.spans().size(), dropped, all),
            start,
            shown,
            List.of(),
            statistics.snapshot(),
            List.of());
    return report.withAdvice(Advisor.advise(report));
  }

  private StartupReport startup(long untilNanos, Trace[] ambient) {
    return new StartupReader(
            clock,
            background.premainBeginNanos,
            background.premainEndNanos(),
            background.attached() != null)
        .read(untilNanos, ambient);
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
