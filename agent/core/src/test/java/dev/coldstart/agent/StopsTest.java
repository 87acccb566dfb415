package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopsTest {
  private static final long S = 1_000_000_000;
  private static final long START = 1_000 * S;

  private final Stops stops = new Stops();

  /** A second of the stretch it may have slept as it wanted to. */
  @Test
  void namesTheLeastThatIsKnown() {
    stops.slept(START, START + 31 * S, S, S / 100);

    assertThat(stops.warnings(Clock.now()))
        .singleElement()
        .asString()
        .startsWith("the process did not run for at least 30.0 s until ");
    assertThat(stops.leastNanosBetween(START - S, START + 40 * S)).isEqualTo(30 * S);
    assertThat(stops.leastNanosBetween(START + 10 * S, START + 40 * S)).isEqualTo(20 * S);
    assertThat(stops.leastNanosBetween(START + 10 * S, START + 15 * S)).isEqualTo(4 * S);
    assertThat(stops.leastNanosBetween(START + 31 * S, START + 40 * S)).isZero();
    assertThat(stops.leastNanosBetween(START - 9 * S, START)).isZero();
  }

  @Test
  void claimsNothingWhereTheProcessMayHaveRun() {
    stops.slept(START, START + 31 * S, S, 4 * S);
    stops.slept(START, START + 31 * S, S, null);
    stops.slept(START, START + 19 * S / 10, S, 0L);
    stops.slept(START, START + 3 * S, S, S / 4);

    assertThat(stops.warnings(Clock.now())).isEmpty();
    assertThat(stops.leastNanosBetween(START, START + 40 * S)).isZero();
  }

  @Test
  void staysSmall() {
    for (int i = 0; i < 1_000; i++) {
      long from = START + 10L * i * S;
      stops.slept(from, from + 5 * S, S, 0L);
    }

    assertThat(stops.warnings(Clock.now())).hasSize(9).last().asString().contains("at 992 other");
  }
}
