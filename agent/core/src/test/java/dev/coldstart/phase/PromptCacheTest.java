package dev.coldstart.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptCacheTest {
  private static final PhaseTime TTFT = new PhaseTime("llm_ttft", 50, 70, 20, 3, false);
  private static final PhaseTime OTHER = new PhaseTime("tool_registry", 40, 40, 0, 1, false);

  @Test
  void costOfAMissIsTakenOutOfTtft() {
    assertThat(PromptCache.split(List.of(TTFT, OTHER), 15))
        .containsExactly(
            OTHER,
            new PhaseTime("llm_ttft", 35, 55, 20, 3, false),
            new PhaseTime("prompt_cache", 15, 15, 0, 0, true));
  }

  @Test
  void atMostWhatTtftOwnedIsMoved() {
    assertThat(PromptCache.split(List.of(TTFT, OTHER), 1_000))
        .containsExactly(
            new PhaseTime("prompt_cache", 50, 50, 0, 0, true),
            OTHER,
            new PhaseTime("llm_ttft", 0, 20, 20, 3, false));
  }

  @Test
  void secondCallAddsToTheRowOfTheFirst() {
    List<PhaseTime> once = PromptCache.split(List.of(TTFT), 10);

    assertThat(PromptCache.split(once, 5)).isEqualTo(PromptCache.split(List.of(TTFT), 15));
  }

  @Test
  void nothingToMoveLeavesNoRow() {
    assertThat(PromptCache.split(List.of(TTFT, OTHER), 0)).containsExactly(TTFT, OTHER);
    assertThat(PromptCache.split(List.of(OTHER), 15)).containsExactly(OTHER);
  }

  @Test
  void negativeCostIsRejected() {
    assertThatThrownBy(() -> PromptCache.split(List.of(TTFT), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void missCostsWhatItTookLongerThanTheMedianHit() {
    long[] hits = {900, 300, 100};

    assertThat(PromptCache.missCostNanos(1000, hits)).hasValue(700);
    assertThat(hits).containsExactly(900, 300, 100);
  }

  @Test
  void medianOfAnEvenNumberIsInTheMiddleOfTheTwo() {
    assertThat(PromptCache.missCostNanos(1000, new long[] {100, 500, 200, 400})).hasValue(700);
  }

  @Test
  void missFasterThanTheMedianHitCostsNothing() {
    assertThat(PromptCache.missCostNanos(200, new long[] {300})).hasValue(0);
  }

  @Test
  void costIsUnknownWithoutAWarmHit() {
    assertThat(PromptCache.missCostNanos(1000, new long[0])).isEmpty();
  }
}
