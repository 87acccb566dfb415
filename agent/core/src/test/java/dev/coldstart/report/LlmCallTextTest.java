package dev.coldstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LlmCallTextTest {
  @Test
  void tellsWhatTheCacheDid() {
    assertThat(text("expired", 372_000_000_000L, 0L, 1_200L, null))
        .isEqualTo(
            "anthropic m, streamed, TTFT 900 ms, prompt cache expired: last hit 372 s before,"
                + " tokens: 1500 in (0 cached, 1200 written to the cache), 7 out");
    assertThat(text("primed", null, 0L, 1_200L, null)).contains("prompt cache primed, tokens");
    assertThat(text("hit", null, 64L, null, null)).endsWith("1500 in (64 cached), 7 out");
    assertThat(text("unknown", null, null, null, null))
        .endsWith("prompt cache unknown, tokens: 1500 in (unknown cached), 7 out");
  }

  @Test
  void tellsThatAModelWasLoadedAndARequestRepeated() {
    assertThat(text("unknown", null, null, null, 600_000_000L))
        .contains("TTFT 900 ms, sent 2 times, of which the server says 600 ms was loading");
  }

  private static String text(String cache, Long idle, Long cached, Long written, Long load) {
    return LlmCallText.of(
        new LlmCall(
            0,
            "anthropic",
            "m",
            true,
            0,
            900_000_000L,
            null,
            null,
            1_000_000_000L,
            cache,
            idle,
            1_500L,
            cached,
            written,
            7L,
            load,
            load == null ? null : 2,
            false));
  }
}
