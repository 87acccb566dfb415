package dev.coldstart.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.coldstart.compare.Statistics.Interval;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published values. */
class StatisticsTest {
  // Hollander & Wolfe (1973), table 4.1, permeability constants; the example of R's wilcox.test.
  private static final double[] AT_TERM = {
    0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46
  };
  private static final double[] EARLIER = {1.15, 0.88, 0.90, 0.74, 1.21};

  @Test
  void mannWhitneyIsThatOfTheBook() {
    assertThat(Statistics.pLarger(EARLIER, AT_TERM)).isCloseTo(0.1272, within(0.00005));
  }

  @Test
  void shiftAndItsIntervalAreThoseOfTheBook() {
    Interval shift = Statistics.shift(EARLIER, AT_TERM);

    assertThat(shift.estimate()).isCloseTo(0.305, within(1e-9));
    assertThat(shift.low()).isCloseTo(-0.15, within(1e-9));
    assertThat(shift.high()).isCloseTo(0.76, within(1e-9));
  }

  @Test
  void shiftOfShiftedValuesIsTheShift() {
    double[] base = IntStream.range(0, 20).mapToDouble(i -> i * i).toArray();
    double[] other = IntStream.range(0, 20).mapToDouble(i -> i * i + 1000).toArray();

    Interval shift = Statistics.shift(base, other);

    assertThat(shift.estimate()).isEqualTo(1000);
    assertThat(shift.low()).isLessThan(1000);
    assertThat(shift.high()).isGreaterThan(1000);
  }

  @Test
  void oneValueHasAShiftAndNoInterval() {
    assertThat(Statistics.shift(new double[] {1}, new double[] {4}))
        .isEqualTo(new Interval(3, 3, 3));
  }

  @Test
  void holmIsThatOfTheBook() {
    // Holm (1979): the smallest p times all tests, the next times one less, never falling.
    assertThat(Statistics.holm(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
    assertThat(Statistics.holm(new double[] {0.9, 0.8})).containsExactly(1, 1);
  }

  @ParameterizedTest
  // 1 / binomial(2n, n): 20, 70, 252, 924.
  @CsvSource({"0.05, 3", "0.0499, 4", "0.01, 5", "0.001, 7"})
  void tellsTheFewestRunsThatCanReachALevel(double level, int runs) {
    assertThat(Statistics.fewestRuns(level)).isEqualTo(runs);
  }

  @Test
  void bootstrapIntervalHoldsTheMedianAndNarrowsWithMoreValues() {
    double[] few = IntStream.range(0, 10).mapToDouble(i -> i * 10).toArray();
    double[] many = IntStream.range(0, 1000).mapToDouble(i -> i / 10.0).toArray();

    Interval wide = Statistics.medianInterval(few);
    Interval narrow = Statistics.medianInterval(many);

    assertThat(wide.estimate()).isEqualTo(45);
    assertThat(wide.low()).isBetween(0.0, 45.0);
    assertThat(wide.high()).isBetween(45.0, 90.0);
    // A median's standard error is about 1.25 sigma / sqrt(n): here 1.1.
    assertThat(narrow.high() - narrow.low()).isBetween(3.0, 9.0);
    assertThat(Statistics.medianInterval(few)).isEqualTo(wide);
  }
}
