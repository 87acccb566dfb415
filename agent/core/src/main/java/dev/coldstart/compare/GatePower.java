package dev.coldstart.compare;

import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.measure.BadInput;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often a gate is right, found out on real runs. For false alarms the runs of one side are
 * split at random into two disjoint halves, again and again: whatever the gate calls a regression
 * there is none. For detections random runs of the base are compared with random runs of a side
 * that is known to be slower.
 */
public final class GatePower {
  private static final long SEED = 7;

  private final Comparer comparer;
  private final int runs;
  private final int times;

  /**
   * A check of a gate.
   *
   * @param runs of each side in a comparison
   * @param times how many comparisons
   */
  public GatePower(Comparer comparer, int runs, int times) {
    this.comparer = comparer;
    this.runs = runs;
    this.times = times;
  }

  /** Verdicts of comparisons of the base with itself. */
  public Map<Verdict, Integer> falseAlarms(Side base) {
    atLeast(base, 2 * runs);
    SplittableRandom random = new SplittableRandom(SEED);
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    for (int i = 0; i < times; i++) {
      int[] order = shuffled(base.size(), random);
      Comparison comparison =
          comparer.compare(base.some(order, 0, runs), base.some(order, runs, 2 * runs));
      verdicts.merge(comparison.verdict(), 1, Integer::sum);
    }
    return verdicts;
  }

  /** Verdicts on one metric in comparisons of the base with a side that is slower there. */
  public Map<Verdict, Integer> detections(Side base, Side slower, String metric) {
    atLeast(base, runs);
    atLeast(slower, runs);
    SplittableRandom random = new SplittableRandom(SEED);
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    for (int i = 0; i < times; i++) {
      Comparison comparison =
          comparer.compare(
              base.some(shuffled(base.size(), random), 0, runs),
              slower.some(shuffled(slower.size(), random), 0, runs));
      verdicts.merge(verdict(comparison, metric), 1, Integer::sum);
    }
    return verdicts;
  }

  private static Verdict verdict(Comparison comparison, String metric) {
    for (Metric each : comparison.gated()) {
      if (each.name().equals(metric)) {
        return each.verdict();
      }
    }
    throw new BadInput(metric + " is not gated: name it with --fail-above");
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int k = random.nextInt(i + 1);
      order[i] = order[k];
      order[k] = i;
    }
    return order;
  }

  private static void atLeast(Side side, int needed) {
    if (side.size() < needed) {
      throw new BadInput(
          side.name() + " has " + side.size() + " runs, " + needed + " are needed: measure more");
    }
  }
}
