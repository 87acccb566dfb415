package dev.coldstart.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Apart from the examples because Surefire reports one engine per class. */
class PromptCachePropertiesTest {
  @Property
  void sumsHoldWhateverTheCost(
      @ForAll @LongRange(min = 0) long cost,
      @ForAll @LongRange(min = 0, max = 1000) long exclusive,
      @ForAll @LongRange(min = 0, max = 1000) long hidden) {
    PhaseTime other = new PhaseTime("tool_registry", 40, 40, 0, 1, false);
    PhaseTime ttft = new PhaseTime("llm_ttft", exclusive, exclusive + hidden, hidden, 1, false);

    List<PhaseTime> split = PromptCache.split(List.of(ttft, other), cost);

    assertThat(split.stream().mapToLong(PhaseTime::exclusiveNanos).sum())
        .isEqualTo(exclusive + other.exclusiveNanos());
    assertThat(split)
        .allMatch(p -> p.exclusiveNanos() >= 0)
        .allMatch(p -> p.exclusiveNanos() + p.hiddenNanos() == p.totalNanos());
  }
}
