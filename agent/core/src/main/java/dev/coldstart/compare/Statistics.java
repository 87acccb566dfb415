package dev.coldstart.compare;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** The statistics behind a verdict. All of them are the same for the same values. */
final class Statistics {
  /** Of the intervals. */
  static final double CONFIDENCE = 0.95;

  private static final int RESAMPLES = 2_000;
  private static final long SEED = 20_260_101;

  /** A value and its interval. */
  record Interval(double estimate, double low, double high) {}

  static double median(double[] values) {
    return Median.withDefaults().withCopy(true).evaluate(values);
  }

  /** The median with its percentile bootstrap interval. */
  static Interval medianInterval(double[] values) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] medians = new double[RESAMPLES];
    double[] resample = new double[values.length];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int k = 0; k < resample.length; k++) {
        resample[k] = values[random.nextInt(values.length)];
      }
      medians[i] = Median.withDefaults().evaluate(resample);
    }
    double tail = (1 - CONFIDENCE) / 2;
    double[] ends = Quantile.withDefaults().evaluate(medians, tail, 1 - tail);
    return new Interval(median(values), ends[0], ends[1]);
  }

  /**
   * The Hodges-Lehmann shift from base to other: the median of all differences. Its interval is the
   * set of shifts that a Mann-Whitney test would not reject, by the test's normal approximation.
   */
  static Interval shift(double[] base, double[] other) {
    double[] differences = new double[base.length * other.length];
    for (int i = 0; i < base.length; i++) {
      for (int k = 0; k < other.length; k++) {
        differences[i * other.length + k] = other[k] - base[i];
      }
    }
    Arrays.sort(differences);
    double pairs = differences.length;
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
    double spread = Math.sqrt(pairs * (base.length + other.length + 1) / 12);
    int rank = (int) Math.max(0, Math.floor(pairs / 2 - z * spread - 0.5));
    return new Interval(
        median(differences), differences[rank], differences[differences.length - 1 - rank]);
  }

  /** Probability of values as much larger as these, or more so, if nothing had changed. */
  static double pLarger(double[] base, double[] other) {
    return MannWhitneyUTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN)
        .test(other, base)
        .getPValue();
  }

  /**
   * Holm's step-down adjustment: with these, the chance of one or more false alarms among all tests
   * stays below the level of one test, however the tests depend on each other.
   */
  static double[] holm(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, (order.length - i) * p[order[i]]));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }

  /** Fewest runs of each side with which a test can reach this level at all. */
  static int fewestRuns(double level) {
    int n = 1;
    // The most extreme order of 2n values is one of binomial(2n, n).
    for (double p = 0.5; p > level; n++) {
      p *= (n + 1.0) / (2.0 * (2.0 * n + 1));
    }
    return n;
  }

  private Statistics() {}
}
