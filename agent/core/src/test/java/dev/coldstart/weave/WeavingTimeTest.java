package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeavingTimeTest {
  private final WeavingTime time = new WeavingTime();

  @Test
  void countsWhatLiesBetween() {
    time.add(-20, -5);
    time.add(10, 30);
    time.add(100, 110);

    assertThat(time.totalNanos()).isEqualTo(45);
    assertThat(time.nanosBetween(-10, 20)).isEqualTo(5 + 10);
    assertThat(time.nanosBetween(30, 100)).isZero();
    assertThat(time.nanosBetween(-100, 1000)).isEqualTo(45);
  }

  @Test
  void worksAcrossTheEndOfTheClock() {
    time.add(Long.MAX_VALUE - 10, Long.MIN_VALUE + 10);

    assertThat(time.nanosBetween(Long.MAX_VALUE - 5, Long.MIN_VALUE + 100)).isEqualTo(16);
  }

  @Test
  void isUnknownOnceSomeWereForgotten() {
    for (int i = 0; i < 10_000; i++) {
      time.add(i, i + 1);
    }

    assertThat(time.totalNanos()).isEqualTo(10_000);
    assertThat(time.nanosBetween(0, 10)).isNull();
  }
}
