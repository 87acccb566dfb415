package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class NanosHistogramTest {
  private final NanosHistogram ours = new NanosHistogram();

  @Test
  void isTheSameAsTheLibrarysOneOfTheSameValues() {
    Histogram reference = new Histogram(NanosHistogram.DIGITS);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long value = (long) Math.exp(random.nextDouble() * Math.log(NanosHistogram.HIGHEST_NANOS));
      int times = 1 + random.nextInt(3);
      ours.add(value, times);
      reference.recordValueWithCount(value, times);
    }
    for (long edge :
        new long[] {0, 1, 1023, 1024, 2047, 2048, 2049, 4095, 4096, 600_000_000_000L}) {
      ours.add(edge, 1);
      reference.recordValue(edge);
    }

    Histogram copied = new Histogram(NanosHistogram.DIGITS);
    ours.addTo(copied);
    assertThat(copied).isEqualTo(reference);
    assertThat(ours.count()).isEqualTo(reference.getTotalCount());
    assertThat(ours.maxNanos()).isEqualTo(reference.getMaxValue());
    assertThat(ours.percentiles(0.001, 50, 95, 99, 100))
        .containsExactly(
            reference.getValueAtPercentile(0.001),
            reference.getValueAtPercentile(50),
            reference.getValueAtPercentile(95),
            reference.getValueAtPercentile(99),
            reference.getValueAtPercentile(100));
  }

  @Test
  void whatIsOutOfRangeCountsAsTheEndOfIt() {
    ours.add(-5, 1);
    ours.add(Long.MAX_VALUE, 1);

    assertThat(ours.percentiles(50)).containsExactly(0);
    assertThat((double) ours.maxNanos() / NanosHistogram.HIGHEST_NANOS).isBetween(1.0, 1.001);
  }

  @Test
  void nothingHasNoPercentiles() {
    assertThat(ours.count()).isZero();
    assertThat(ours.percentiles(50, 99)).containsExactly(0, 0);
  }
}
