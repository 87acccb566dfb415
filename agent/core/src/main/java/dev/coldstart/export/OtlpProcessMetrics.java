package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.AgentFacts;
import dev.coldstart.report.Paid;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.StartKind;
import dev.coldstart.report.StartupReport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Metrics with one value per process: its start-up, and what the agent cost and lost. Fed by one
 * thread; the SDK's threads read the agent's figures.
 */
final class OtlpProcessMetrics {
  private static final int MAX_PHASES = 64;
  private static final AttributeKey<String> PHASE = OtlpMetrics.key(OtlpInstrument.PHASE);
  private static final AttributeKey<String> COST = OtlpMetrics.key(OtlpInstrument.COST);
  private static final AttributeKey<String> DROPPED = OtlpMetrics.key(OtlpInstrument.DROPPED);

  private final DoubleHistogram ready;
  private final DoubleHistogram startupPhase;
  private final DoubleHistogram readyToWarm;
  private final LongSupplier droppedExports;
  private volatile AgentFacts agent;

  /** {@link System#nanoTime()}, null before. */
  private Long firstWarmEndNanos;

  private boolean startupRecorded;
  private boolean warmRecorded;

  /**
   * @param droppedExports traces that will not reach the collector
   */
  OtlpProcessMetrics(Meter meter, LongSupplier droppedExports) {
    this.droppedExports = droppedExports;
    ready = OtlpMetrics.histogram(meter, OtlpInstrument.READY_DURATION);
    startupPhase = OtlpMetrics.histogram(meter, OtlpInstrument.STARTUP_PHASE_DURATION);
    readyToWarm = OtlpMetrics.histogram(meter, OtlpInstrument.READY_TO_WARM_DURATION);
    meter
        .gaugeBuilder(OtlpInstrument.AGENT_COST.metric)
        .setUnit(OtlpInstrument.AGENT_COST.unit)
        .setDescription(OtlpInstrument.AGENT_COST.description)
        .buildWithCallback(this::costs);
    meter
        .counterBuilder(OtlpInstrument.AGENT_DROPPED.metric)
        .setUnit(OtlpInstrument.AGENT_DROPPED.unit)
        .setDescription(OtlpInstrument.AGENT_DROPPED.description)
        .buildWithCallback(this::drops);
  }

  /** A request has finished, of whatever kind. */
  void request(RequestReport request) {
    if (firstWarmEndNanos == null && StartKind.WARM.is(request)) {
      firstWarmEndNanos = request.startMonotonicNanos() + request.durationNanos();
    }
  }

  /**
   * The report has changed.
   *
   * @param startupIsFinal whether what was paid before ready will not change any more
   */
  void report(RunReport report, boolean startupIsFinal) {
    agent = report.agent();
    StartupReport startup = report.startup();
    if (!startupIsFinal || !sawStart(startup)) {
      return;
    }
    if (!startupRecorded) {
      startupRecorded = true;
      startup(startup);
    }
    if (!warmRecorded && firstWarmEndNanos != null && startup.readyNanos() != null) {
      warmRecorded = true;
      long readyAt = startup.startMonotonicNanos() + startup.readyNanos();
      readyToWarm.record(OtlpTraces.seconds(Math.max(0, firstWarmEndNanos - readyAt)));
    }
  }

  private void startup(StartupReport startup) {
    if (startup.readyNanos() != null) {
      ready.record(OtlpTraces.seconds(startup.readyNanos()));
    }
    BoundedNames phases = new BoundedNames(MAX_PHASES);
    for (Map.Entry<String, Long> paid : Paid.beforeReady(startup).entrySet()) {
      String phase = phases.bound(paid.getKey());
      startupPhase.record(OtlpTraces.seconds(paid.getValue()), Attributes.of(PHASE, phase));
    }
  }

  /** An agent that was attached later did not. */
  private static boolean sawStart(StartupReport startup) {
    for (PhaseTime time : startup.phases()) {
      if (time.phase().equals(Phase.JVM_START.id())) {
        return true;
      }
    }
    return false;
  }

  private void costs(ObservableDoubleMeasurement measurement) {
    AgentFacts facts = agent;
    if (facts != null) {
      cost(measurement, "premain", facts.premainNanos());
      cost(measurement, "weaving", facts.weavingNanos());
      cost(measurement, "recording", facts.recordingNanos());
      if (facts.backgroundCpuNanos() != null) {
        cost(measurement, "background_cpu", facts.backgroundCpuNanos());
      }
    }
  }

  private static void cost(ObservableDoubleMeasurement measurement, String of, long nanos) {
    measurement.record(OtlpTraces.seconds(nanos), Attributes.of(COST, of));
  }

  private void drops(ObservableLongMeasurement measurement) {
    AgentFacts facts = agent;
    if (facts != null) {
      long notes = known(facts.droppedNotes());
      long requests = known(facts.droppedRequests());
      drop(measurement, "intervals", facts.dropped() - notes - requests);
      drop(measurement, "notes", notes);
      drop(measurement, "requests", requests);
      drop(measurement, "exports", droppedExports.getAsLong());
    }
  }

  /** Of a running agent it always is; then nothing is counted twice. */
  private static long known(Long count) {
    return count == null ? 0 : count;
  }

  private static void drop(ObservableLongMeasurement measurement, String what, long count) {
    measurement.record(count, Attributes.of(DROPPED, what));
  }
}
