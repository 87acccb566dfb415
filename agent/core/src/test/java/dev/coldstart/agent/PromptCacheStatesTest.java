package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.agent.PromptCacheStates.State;
import dev.coldstart.weave.Usage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each call lasts 10 ns of a made clock. */
class PromptCacheStatesTest {
  private static final long LENGTH = 10;

  private final PromptCacheStates states = new PromptCacheStates();

  @Test
  void aCountThatNobodyToldIsUnknown() {
    assertThat(next("p", 0, 100L, 64L, null).id()).isEqualTo("hit");
    assertThat(next("p", 100, 100L, null, null)).isEqualTo(new State("unknown", null));
    assertThat(next("p", 200, 100L, null, 64L)).isEqualTo(new State("unknown", null));
    assertThat(next("p", 300, null, 0L, null).id()).as("after the hit").isEqualTo("expired");
  }

  @Test
  void whatWasReadOrWrittenDecides() {
    assertThat(next("a", 0, 100L, 64L, null)).isEqualTo(new State("hit", null));
    assertThat(next("b", 0, 100L, 64L, 30L)).as("a longer one").isEqualTo(new State("hit", null));
    assertThat(next("c", 0, 100L, 0L, 64L)).isEqualTo(new State("primed", null));
    assertThat(next("d", 0, 100L, 0L, 0L)).isEqualTo(new State("miss", null));
    assertThat(next("e", 0, 100L, 0L, null)).isEqualTo(new State("miss", null));
  }

  @Test
  void aMissAfterAHitIsExpiredAndTellsTheGap() {
    long idle = TimeUnit.MINUTES.toNanos(6);
    assertThat(next("p", 0, 100L, 0L, 64L).id()).isEqualTo("primed");
    assertThat(next("p", 100, 100L, 64L, 0L).id()).isEqualTo("hit");

    assertThat(next("p", 100 + LENGTH + idle, 100L, 0L, 64L)).isEqualTo(new State("expired", idle));
    assertThat(next("p", 200 + LENGTH + idle, 100L, 64L, 0L).id()).isEqualTo("hit");
    assertThat(next("p", 300 + 3 * idle, 100L, 0L, null).id()).isEqualTo("expired");
  }

  @Test
  void anotherMissIsNotOneMoreExpiry() {
    next("p", 0, 100L, 64L, null);

    assertThat(next("p", 1_000, 100L, 0L, null).id()).isEqualTo("expired");
    assertThat(next("p", 2_000, 100L, 0L, null).id()).isEqualTo("miss");
    assertThat(next("p", 3_000, 100L, 0L, 64L).id()).isEqualTo("primed");
  }

  @Test
  void callsAtTheSameTimeAllFoundItExpired() {
    next("p", 0, 100L, 64L, null);

    assertThat(next("p", 1_000, 100L, 0L, null)).isEqualTo(new State("expired", 990L));
    assertThat(next("p", 1_005, 100L, 0L, null)).isEqualTo(new State("expired", 995L));
    assertThat(next("p", 1_001, 100L, 64L, null)).isEqualTo(new State("hit", null));
  }

  @Test
  void aSlowRequestIsJudgedByWhatEndedBeforeItsCall() {
    next("p", 0, 100L, 64L, null);
    next("p", 2_000, 100L, 0L, null);
    next("p", 3_000, 100L, 64L, null);

    assertThat(next("p", 1_000, 100L, 0L, null)).isEqualTo(new State("expired", 990L));
    assertThat(next("q", 5_000, 100L, 0L, null).id()).isEqualTo("miss");
    assertThat(next("q", 4_000, 100L, 64L, null).id()).isEqualTo("hit");
    assertThat(next("q", 3_900, 100L, 0L, null).id()).as("before that hit").isEqualTo("miss");
  }

  @Test
  void aPromptShorterThanWhatWasCachedIsAnotherPrompt() {
    next("p", 0, 5_000L, 4_096L, null);
    next("p", 100, 1_500L, 1_024L, null);

    assertThat(next("p", 1_000, 600L, 0L, null).id()).isEqualTo("miss");
    assertThat(next("p", 2_000, 1_200L, 0L, null)).isEqualTo(new State("expired", 1_890L));
  }

  @Test
  void placesAreApartAndBounded() {
    next("first", 0, 100L, 64L, null);
    assertThat(next("second", 100, 100L, 0L, null).id()).isEqualTo("miss");

    for (int i = 0; i < 2_000; i++) {
      next("place " + i, 200, 100L, 64L, null);
    }
    assertThat(next("place 1999", 300, 100L, 0L, null).id()).isEqualTo("expired");
    assertThat(next("first", 300, 100L, 0L, null).id()).as("forgotten").isEqualTo("miss");
  }

  private State next(String place, long begin, Long input, Long cached, Long written) {
    Usage usage = new Usage(input, cached, written, 1L, null);
    return states.next(place, usage, begin, begin + LENGTH);
  }
}
