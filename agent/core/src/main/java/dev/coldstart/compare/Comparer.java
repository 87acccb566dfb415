package dev.coldstart.compare;

import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Range;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.compare.Statistics.Interval;
import dev.coldstart.measure.BadInput;
import dev.coldstart.report.Human;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * Compares two sides metric by metric (decision 0014 says why like this).
 *
 * <p>A gated metric has regressed when the shift exceeds its budget and a Mann-Whitney test says,
 * adjusted for all gated metrics, that it is no accident. It passes when the upper end of the
 * shift's interval is within the budget. Else these runs cannot tell.
 */
public final class Comparer {
  /** Accepted chance of a false alarm, unless told otherwise; budgets make it far smaller. */
  public static final double ALPHA = 0.05;

  private static final int MANY_RUNS = 1_000;

  private final Budgets budgets;
  private final double alpha;

  /** With these budgets and this accepted chance of a false alarm. */
  public Comparer(Budgets budgets, double alpha) {
    this.budgets = budgets;
    this.alpha = alpha;
  }

  private record Values(String name, Budget budget, Side baseSide, Side otherSide) {
    double[] base() {
      return baseSide.values(name);
    }

    double[] other() {
      return otherSide.values(name);
    }

    /**
     * Whether the shift could exceed the budget if these same values were dealt to the sides
     * otherwise. It needs a larger value in every second pair of runs. What cannot regress whoever
     * has which values need not be tested, and takes no power from the others.
     */
    boolean mayExceed() {
      long larger =
          DoubleStream.concat(Arrays.stream(base()), Arrays.stream(other()))
              .filter(value -> value > budget.absoluteNanos())
              .count();
      return 2 * larger >= Math.min(base().length, other().length);
    }
  }

  /** The verdict. */
  public Comparison compare(Side base, Side other) {
    Set<String> names = new LinkedHashSet<>(base.metrics());
    names.addAll(other.metrics());
    budgets.check(names);
    List<Values> gated = new ArrayList<>();
    List<Values> shown = new ArrayList<>();
    List<String> warnings = new ArrayList<>(warnings(base, other));
    for (String name : names) {
      Values values = new Values(name, budgets.budget(name), base, other);
      boolean both = values.base().length > 0 && values.other().length > 0;
      if (both) {
        (values.budget() == null ? shown : gated).add(values);
      } else if (values.budget() != null && values.budget().isExact()) {
        throw new BadInput(
            name + " cannot be compared: only one side has it; was the other measured otherwise?");
      }
    }
    if (gated.isEmpty()) {
      throw new BadInput(
          "no metric is gated: name one with --fail-above; there are " + String.join(", ", names));
    }
    List<Metric> metrics = judge(gated);
    metrics.sort(
        Comparator.comparing((Metric m) -> order(m.verdict()))
            .thenComparing(m -> -m.shiftNanos().estimate()));
    Verdict verdict = metrics.get(0).verdict();
    shown.forEach(values -> metrics.add(metric(values, null, null, null)));
    return new Comparison(
        Comparison.SCHEMA,
        verdict,
        base.name(),
        other.name(),
        base.size(),
        other.size(),
        alpha,
        warnings,
        metrics);
  }

  private static int order(Verdict verdict) {
    return switch (verdict) {
      case REGRESSION -> 0;
      case INCONCLUSIVE -> 1;
      case PASS -> 2;
    };
  }

  private static List<String> warnings(Side base, Side other) {
    List<String> warnings = new ArrayList<>();
    for (Side side : List.of(base, other)) {
      if (side.failed() > 0) {
        warnings.add(
            side.name() + ": " + Human.count(side.failed(), "run") + " failed and does not count");
      }
    }
    warnings.addAll(Side.differences(base, other));
    return warnings;
  }

  private List<Metric> judge(List<Values> gated) {
    List<Values> tested = gated.stream().filter(Values::mayExceed).toList();
    double[] p = new double[tested.size()];
    for (int i = 0; i < p.length; i++) {
      p[i] = Statistics.pLarger(tested.get(i).base(), tested.get(i).other());
    }
    double[] adjusted = Statistics.holm(p);
    int fewest = Statistics.fewestRuns(alpha / Math.max(1, p.length));
    List<Metric> metrics = new ArrayList<>();
    for (Values values : gated) {
      int i = tested.indexOf(values);
      metrics.add(i < 0 ? tooSmall(values) : judge(values, adjusted[i], fewest));
    }
    return metrics;
  }

  private static Metric tooSmall(Values values) {
    String reason = "too small to lose " + Human.time(values.budget().absoluteNanos());
    return metric(values, null, Verdict.PASS, reason);
  }

  private Metric judge(Values values, double adjusted, int fewest) {
    Interval shift = Statistics.shift(values.base(), values.other());
    long margin = values.budget().marginNanos(Statistics.median(values.base()));
    int runs = Math.min(values.base().length, values.other().length);
    Verdict verdict;
    String reason;
    if (runs < fewest) {
      verdict = Verdict.INCONCLUSIVE;
      reason = "too few runs: at least " + Human.count(fewest - runs, "more run") + " of each side";
    } else if (adjusted <= alpha && shift.estimate() > margin) {
      verdict = Verdict.REGRESSION;
      reason =
          "slower by "
              + Human.time(Math.round(shift.estimate()))
              + ", more than the allowed "
              + Human.time(margin)
              + String.format(Locale.ROOT, " (p %.2g)", adjusted);
    } else if (shift.high() <= margin) {
      verdict = Verdict.PASS;
      reason = "not slower by more than the allowed " + Human.time(margin);
    } else {
      verdict = Verdict.INCONCLUSIVE;
      reason =
          "the shift may be up to "
              + Human.time(Math.round(shift.high()))
              + ", allowed are "
              + Human.time(margin)
              + ": "
              + moreRuns(shift, margin, runs);
    }
    return metric(values, adjusted, verdict, reason);
  }

  /**
   * An interval gets narrower with the square root of the runs: until its upper end is within the
   * budget, or, where the shift exceeds the budget, until its lower end is above 0.
   */
  private static String moreRuns(Interval shift, long margin, int runs) {
    boolean within = shift.estimate() <= margin;
    double reach = within ? shift.high() - shift.estimate() : shift.estimate() - shift.low();
    double distance = within ? margin - shift.estimate() : shift.estimate();
    double needed = runs * Math.pow(reach / distance, 2);
    return needed > MANY_RUNS
        ? "too close to call with any number of runs"
        : "about "
            + Human.count(Math.max(1, Math.round(Math.ceil(needed)) - runs), "more run")
            + " of each side would tell";
  }

  private static Metric metric(Values values, Double adjusted, Verdict verdict, String reason) {
    Interval shift = Statistics.shift(values.base(), values.other());
    Interval base = Statistics.medianInterval(values.base());
    return new Metric(
        values.name(),
        values.budget() == null ? null : values.budget().text(),
        range(base),
        range(Statistics.medianInterval(values.other())),
        range(shift),
        base.estimate() == 0 ? null : (Double) (shift.estimate() / base.estimate()),
        Statistics.pLarger(values.base(), values.other()),
        adjusted,
        verdict,
        reason);
  }

  private static Range range(Interval interval) {
    return new Range(
        Math.round(interval.estimate()), Math.round(interval.low()), Math.round(interval.high()));
  }
}
