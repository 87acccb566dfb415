package dev.coldstart.compare;

import dev.coldstart.measure.Samples;
import dev.coldstart.measure.Samples.Inside;
import dev.coldstart.measure.Samples.PhaseNanos;
import dev.coldstart.measure.Samples.Request;
import dev.coldstart.measure.Samples.Run;
import dev.coldstart.measure.Samples.Visit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One side of a comparison: the metrics of each of its runs, in ns.
 *
 * <p>A phase that a run does not have took it no time: that is 0. Anything else that is missing is
 * unknown, and the run does not count for that metric.
 */
public final class Side {
  private static final Set<String> NO_PHASES = Set.of("wall", "ttft", "ready");

  private final String name;
  private final int failed;
  private final List<Map<String, Long>> runs = new ArrayList<>();
  private final Map<String, Set<String>> facts = new LinkedHashMap<>();

  /**
   * The runs that succeeded.
   *
   * @param name what people call it
   * @param environment null when unknown
   */
  Side(String name, Samples.Environment environment, Collection<Run> all) {
    this.name = name;
    for (Run run : all) {
      if (run.ok()) {
        runs.add(values(run));
        if (run.report() != null) {
          fact("Java", run.report().java());
          fact("CDS", run.report().cds());
          fact("AOT cache", run.report().aot());
        }
      }
    }
    failed = all.size() - runs.size();
    if (environment != null) {
      fact("operating system", environment.os());
      fact("architecture", environment.arch());
      fact("CPUs", String.valueOf(environment.cpus()));
      fact("ready", environment.ready());
    }
  }

  /** The runs at some places of an order. */
  private Side(Side all, int[] order, int from, int to) {
    name = all.name;
    failed = 0;
    for (int i = from; i < to; i++) {
      runs.add(all.runs.get(order[i]));
    }
  }

  /** Some of the runs. */
  Side some(int[] order, int from, int to) {
    return new Side(this, order, from, to);
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** Runs that count. */
  public int size() {
    return runs.size();
  }

  int failed() {
    return failed;
  }

  Set<String> metrics() {
    Set<String> metrics = new LinkedHashSet<>();
    runs.forEach(run -> metrics.addAll(run.keySet()));
    return metrics;
  }

  double[] values(String metric) {
    int dot = metric.indexOf('.');
    String wall = metric.substring(0, dot + 1) + "wall";
    boolean phase = dot > 0 && !NO_PHASES.contains(metric.substring(dot + 1));
    return runs.stream()
        .filter(run -> run.containsKey(metric) || (phase && run.containsKey(wall)))
        .mapToDouble(run -> run.getOrDefault(metric, 0L))
        .toArray();
  }

  /** What differs between the machines or JVMs of two sides, one line each. */
  static List<String> differences(Side base, Side other) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Set<String>> fact : base.facts.entrySet()) {
      Set<String> there = other.facts.get(fact.getKey());
      if (there != null && !there.equals(fact.getValue())) {
        lines.add(
            fact.getKey()
                + " differs: "
                + String.join(" or ", fact.getValue())
                + " against "
                + String.join(" or ", there));
      }
    }
    return lines;
  }

  private void fact(String what, String value) {
    facts.computeIfAbsent(what, w -> new TreeSet<>()).add(value);
  }

  private static Map<String, Long> values(Run run) {
    Map<String, Long> values = new LinkedHashMap<>();
    put(values, "ready", run.readyNanos());
    put(values, "cpu", run.cpuNanos());
    if (run.first() != null) {
      put(values, "client.first", run.first().wallNanos());
      put(values, "client.first_byte", run.first().firstByteNanos());
      put(values, "client.first_content", run.first().firstContentNanos());
    }
    if (!run.warm().isEmpty()) {
      double[] walls = run.warm().stream().mapToDouble(Visit::wallNanos).toArray();
      put(values, "client.warm", Math.round(Statistics.median(walls)));
    }
    if (run.report() != null) {
      inside(values, run.report());
    }
    return values;
  }

  private static void inside(Map<String, Long> values, Inside report) {
    request(values, "cold.", report.cold());
    request(values, "warm.", report.warm());
    put(values, "startup.ready", report.readyNanos());
    phases(values, "startup.", report.startup());
  }

  private static void request(Map<String, Long> values, String prefix, Request request) {
    if (request != null) {
      put(values, prefix + "wall", request.wallNanos());
      put(values, prefix + "ttft", request.ttftNanos());
      phases(values, prefix, request.phases());
    }
  }

  private static void phases(Map<String, Long> values, String prefix, List<PhaseNanos> phases) {
    phases.forEach(phase -> put(values, prefix + phase.phase(), phase.exclusiveNanos()));
  }

  private static void put(Map<String, Long> values, String metric, Long nanos) {
    if (nanos != null) {
      values.put(metric, nanos);
    }
  }
}
