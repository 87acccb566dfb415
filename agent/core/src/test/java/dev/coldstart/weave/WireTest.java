package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final long LONG_SILENCE = 5_000_000;

  private final Trace trace = Recorder.scratch();
  private final Wire wire = new Wire(trace);

  @Test
  void theAnswerIsWhatEndsTheLongestSilence() {
    wire.sent();
    wire.received();
    long headers = trace.answered;
    silence(LONG_SILENCE);
    wire.received();
    long content = trace.answered;
    wire.received();

    assertThat(headers).isGreaterThanOrEqualTo(trace.sent);
    assertThat(content - headers).isGreaterThanOrEqualTo(LONG_SILENCE);
    assertThat(trace.answered).as("more bytes").isEqualTo(content);
  }

  @Test
  void bytesThatWereThereWhenTheyWereAskedForArrivedSomeTimeBefore() {
    wire.sent();
    long asked = System.nanoTime();
    silence(LONG_SILENCE);
    wire.read(asked);
    long headers = trace.answered;
    silence(2 * LONG_SILENCE);
    wire.read(System.nanoTime());

    assertThat(headers - trace.sent).isGreaterThanOrEqualTo(LONG_SILENCE);
    assertThat(trace.answered).as("the reader was slow, not the wire").isEqualTo(headers);
  }

  @Test
  void bytesBeforeTheRequestWasSentAreNoAnswer() {
    wire.received();

    assertThat(trace.sent).isZero();
    assertThat(trace.answered).isZero();
  }

  @Test
  void theLastPartThatIsSentCounts() {
    wire.sent();
    silence(LONG_SILENCE);
    wire.received();
    long first = trace.sent;
    wire.sent();
    wire.received();

    assertThat(trace.sent - first).isGreaterThanOrEqualTo(LONG_SILENCE);
    assertThat(trace.answered).isGreaterThanOrEqualTo(trace.sent);
  }

  @Test
  void exchangesOfOneRequestAreApart() {
    Wire slow = new Wire(trace);
    slow.sent();
    wire.sent();
    wire.received();
    long fast = trace.sent;
    slow.received();

    assertThat(trace.sent).as("of the one that was heard last").isLessThanOrEqualTo(fast);
  }

  @Test
  void isFoundByAnObjectThatStandsForIt() {
    Object key = new Object();
    wire.bind(key);

    assertThat(Wire.of(key)).isSameAs(wire);
    assertThat(Wire.of(new Object())).isNull();
    assertThat(Wire.of(null)).isNull();
  }

  private static void silence(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }
}
