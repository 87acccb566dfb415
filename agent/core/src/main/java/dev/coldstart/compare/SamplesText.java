package dev.coldstart.compare;

import dev.coldstart.compare.Statistics.Interval;
import dev.coldstart.measure.Samples;
import dev.coldstart.report.Human;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What was measured, as a table: metrics down, variants across. Plain ASCII. */
public final class SamplesText {
  private static final int MAX_PHASES = 8;
  private static final Set<String> TOTALS = Set.of("cold.wall", "cold.ttft");

  /** The medians of all variants; empty when no run succeeded. */
  public static String render(Samples samples) {
    List<Side> sides = Sides.of(samples).stream().filter(side -> side.size() > 0).toList();
    StringBuilder out = new StringBuilder();
    if (sides.isEmpty()) {
      return "";
    }
    StringBuilder header = new StringBuilder(String.format(Locale.ROOT, "  %-26s", ""));
    for (Side side : sides) {
      header.append(String.format(Locale.ROOT, "  %-32s", title(side)));
    }
    out.append(header.toString().stripTrailing()).append('\n');
    for (String metric : metrics(sides)) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-26s", metric));
      for (Side side : sides) {
        row.append(String.format(Locale.ROOT, "  %-32s", cell(side.values(metric))));
      }
      out.append(row.toString().stripTrailing()).append('\n');
    }
    agentsEffect(out, samples, sides);
    return out.append("  Medians with 95 % bootstrap intervals.\n").toString();
  }

  private static String title(Side side) {
    String failed = side.failed() == 0 ? "" : ", " + side.failed() + " failed";
    return Human.clean(side.name(), 20) + " (" + Human.count(side.size(), "run") + failed + ")";
  }

  private static String cell(double[] values) {
    if (values.length == 0) {
      return "-";
    }
    Interval median = Statistics.medianInterval(values);
    return time(median.estimate()) + " [" + time(median.low()) + " .. " + time(median.high()) + "]";
  }

  /** Without those of the start-up and of warm requests; of the phases the largest. */
  private static List<String> metrics(List<Side> sides) {
    Set<String> all = new LinkedHashSet<>();
    sides.forEach(side -> all.addAll(side.metrics()));
    List<String> shown = new ArrayList<>();
    List<String> phases = new ArrayList<>();
    for (String metric : all) {
      if (metric.startsWith("cold.") && !TOTALS.contains(metric)) {
        phases.add(metric);
      } else if (!metric.startsWith("startup.") && !metric.startsWith("warm.")) {
        shown.add(metric);
      }
    }
    phases.sort(Comparator.comparingDouble(phase -> -largest(sides, phase)));
    shown.addAll(phases.subList(0, Math.min(MAX_PHASES, phases.size())));
    return shown;
  }

  private static double largest(List<Side> sides, String metric) {
    return sides.stream()
        .map(side -> side.values(metric))
        .filter(values -> values.length > 0)
        .mapToDouble(Statistics::median)
        .max()
        .orElse(0);
  }

  /** With and without the agent, on the same machine in turns. */
  private static void agentsEffect(StringBuilder out, Samples samples, List<Side> sides) {
    Side with = null;
    Side without = null;
    for (Samples.Variant variant : samples.variants()) {
      for (Side side : sides) {
        boolean agent = !variant.agent().equals("none");
        if (side.name().equals(variant.name()) && agent && with == null) {
          with = side;
        } else if (side.name().equals(variant.name()) && !agent && without == null) {
          without = side;
        }
      }
    }
    if (with == null || without == null) {
      return;
    }
    List<String> effects = new ArrayList<>();
    for (String metric : List.of("ready", "client.first", "cpu")) {
      double[] base = without.values(metric);
      double[] other = with.values(metric);
      if (base.length > 0 && other.length > 0) {
        Interval shift = Statistics.shift(base, other);
        effects.add(
            metric
                + " "
                + signed(shift.estimate())
                + " ["
                + signed(shift.low())
                + " .. "
                + signed(shift.high())
                + "]");
      }
    }
    if (!effects.isEmpty()) {
      out.append("  The agent's own effect: ").append(String.join(", ", effects)).append('\n');
    }
  }

  private static String signed(double nanos) {
    return (nanos > 0 ? "+" : "") + time(nanos);
  }

  private static String time(double nanos) {
    return Human.time(Math.round(nanos));
  }

  private SamplesText() {}
}
