package dev.coldstart.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.measure.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of scripts/gate-power.sh, on made-up runs. */
class GatePowerTest {
  private static final String REGISTRY = "cold.tool_registry";
  private static final int TIMES = 30;

  private final List<Side> sides =
      Sides.of(
          new MadeSamples().variant("base", 40, 2_000, 1).variant("slow", 40, 2_200, 2).samples());

  @Test
  void seldomCallsNothingARegressionAndFindsATenth() {
    GatePower power = power(20);

    assertThat(power.falseAlarms(sides.get(0)).getOrDefault(Verdict.REGRESSION, 0)).isZero();
    assertThat(power.detections(sides.get(0), sides.get(1), REGISTRY).get(Verdict.REGRESSION))
        .isGreaterThan(TIMES * 9 / 10);
    assertThat(power.detections(sides.get(0), sides.get(0), REGISTRY))
        .doesNotContainKey(Verdict.REGRESSION);
  }

  @Test
  void needsTwoDisjointHalves() {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> power(21).falseAlarms(sides.get(0)))
        .withMessage("base has 40 runs, 42 are needed: measure more");
  }

  private static GatePower power(int runs) {
    Budgets budgets = Budgets.of(null, List.of("cold.*=10%,100ms", REGISTRY + "=5%,20ms"));
    return new GatePower(new Comparer(budgets, Comparer.ALPHA), runs, TIMES);
  }
}
