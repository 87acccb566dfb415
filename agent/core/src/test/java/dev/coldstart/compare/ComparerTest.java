package dev.coldstart.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.measure.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparerTest {
  private static final String REGISTRY = "cold.tool_registry";

  @Test
  void findsThePhaseThatGotSlower() {
    Comparison comparison = compare(20, 2_000, 2_500, "cold.*=10%,100ms");

    assertThat(comparison.verdict()).isEqualTo(Verdict.REGRESSION);
    assertThat(comparison.with(Verdict.REGRESSION))
        .extracting(Metric::name)
        .containsExactlyInAnyOrder(REGISTRY, "cold.wall", "cold.ttft");
    assertThat(metric(comparison, REGISTRY).shiftNanos().estimate())
        .isBetween(400_000_000L, 600_000_000L);
    assertThat(metric(comparison, "cold.llm_ttft").verdict()).isEqualTo(Verdict.PASS);
    assertThat(Words.headline(comparison))
        .startsWith("Cold start got slower: phase tool_registry by +")
        .contains("; also cold.");
  }

  @Test
  void passesWhatDidNotChange() {
    Comparison comparison = compare(20, 2_000, 2_000, "cold.*=10%,100ms");

    assertThat(comparison.verdict()).isEqualTo(Verdict.PASS);
    assertThat(comparison.gated()).extracting(Metric::verdict).containsOnly(Verdict.PASS);
  }

  @Test
  void passesWhatGotFaster() {
    assertThat(compare(20, 2_500, 2_000, REGISTRY + "=1%").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void bothBoundsMustBeExceeded() {
    // 100 ms of 2 s: above 3 %, not above 300 ms; and the other way round.
    assertThat(compare(40, 2_000, 2_100, REGISTRY + "=3%,300ms").verdict()).isEqualTo(Verdict.PASS);
    assertThat(compare(40, 2_000, 2_100, REGISTRY + "=20%,10ms").verdict()).isEqualTo(Verdict.PASS);
    assertThat(compare(40, 2_000, 2_100, REGISTRY + "=1%,10ms").verdict())
        .isEqualTo(Verdict.REGRESSION);
  }

  @Test
  void saysHowManyMoreRunsItNeedsWhenNoTestCouldTell() {
    Comparison comparison = compare(2, 2_000, 9_000, REGISTRY + "=10%");

    assertThat(comparison.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(metric(comparison, REGISTRY).reason())
        .isEqualTo("too few runs: at least 1 more run of each side");
  }

  @Test
  void saysHowManyMoreRunsItNeedsWhenTheIntervalIsTooWide() {
    Comparison comparison = compare(8, 2_000, 2_030, REGISTRY + "=3%");

    assertThat(comparison.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(metric(comparison, REGISTRY).reason())
        .matches("the shift may be up to .* ms, allowed are .* ms: about \\d+ more runs? of .*");
  }

  @Test
  void showsMetricsWithoutABudgetAndDoesNotJudgeThem() {
    Comparison comparison = compare(10, 2_000, 9_000, "cold.llm_ttft=50%");

    assertThat(comparison.verdict()).isEqualTo(Verdict.PASS);
    assertThat(metric(comparison, REGISTRY).verdict()).isNull();
    assertThat(metric(comparison, REGISTRY).shiftNanos().estimate()).isGreaterThan(6_000_000_000L);
  }

  @Test
  void theLastBudgetThatMatchesCounts() {
    assertThat(compare(20, 2_000, 2_500, "cold.*=1%", "cold.*=90%,9s").verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void aPhaseThatIsNewIsCompared() {
    Side without = side(new MadeSamples().variant("a", 10, 0, 1), "a");
    Side with = side(new MadeSamples().variant("b", 10, 500, 2), "b");

    Metric metric = metric(compare(without, with, REGISTRY + "=10%,100ms"), REGISTRY);

    assertThat(metric.verdict()).isEqualTo(Verdict.REGRESSION);
    assertThat(metric.relative()).isNull();
  }

  @Test
  void manyGatedMetricsDoNotMakeMoreFalseAlarms() {
    int alarms = 0;
    for (long seed = 0; seed < 400; seed += 2) {
      Side base = side(new MadeSamples().variant("a", 12, 1_000, seed), "a");
      Side same = side(new MadeSamples().variant("b", 12, 1_000, seed + 1), "b");
      alarms += compare(base, same, "*=0.1%").verdict() == Verdict.REGRESSION ? 1 : 0;
    }
    // At most 5 % by construction; 19 would be a one-in-a-hundred accident.
    assertThat(alarms).isLessThan(19);
  }

  @Test
  void whatIsTooSmallToExceedItsBudgetIsNotTested() {
    Comparison comparison = compare(10, 50, 90, REGISTRY + "=1%,100ms", "cold.wall=90%");

    Metric metric = metric(comparison, REGISTRY);
    assertThat(metric.verdict()).isEqualTo(Verdict.PASS);
    assertThat(metric.pAdjusted()).isNull();
    assertThat(metric.reason()).isEqualTo("too small to lose 100 ms");
    // Alone in the family: nothing to adjust.
    assertThat(metric(comparison, "cold.wall").pAdjusted())
        .isEqualTo(metric(comparison, "cold.wall").p());
  }

  @Test
  void refusesABudgetForWhatNobodyMeasured() {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> compare(5, 1, 1, "cold.tool_registri=10%"))
        .withMessageStartingWith("no metric matches cold.tool_registri; there are ready, cpu, ");
  }

  @Test
  void warnsOfFailedRunsAndOfAnotherJava() {
    Side base = side(new MadeSamples().variant("a", 6, 100, 1).failed("a"), "a");
    Side other = side(new MadeSamples().java("25.0.3").variant("b", 6, 100, 2), "b");

    assertThat(compare(base, other, "cold.wall=10%").warnings())
        .containsExactly(
            "a: 1 run failed and does not count", "Java differs: 17.0.15 against 25.0.3");
  }

  static Comparison compare(int runs, double base, double other, String... budgets) {
    MadeSamples made = new MadeSamples().variant("base", runs, base, 1);
    List<Side> sides = Sides.of(made.variant("new", runs, other, 2).samples());
    return compare(sides.get(0), sides.get(1), budgets);
  }

  private static Comparison compare(Side base, Side other, String... budgets) {
    return new Comparer(Budgets.of(null, List.of(budgets)), Comparer.ALPHA).compare(base, other);
  }

  private static Side side(MadeSamples made, String variant) {
    return Sides.of(made.samples()).stream()
        .filter(side -> side.name().equals(variant))
        .findFirst()
        .orElseThrow();
  }

  private static Metric metric(Comparison comparison, String name) {
    return comparison.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
