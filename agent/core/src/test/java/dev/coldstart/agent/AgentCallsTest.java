package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.RequestEntry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentCallsTest {
  private final AgentCalls calls = new AgentCalls(TimeUnit.HOURS.toNanos(1));

  @AfterEach
  void noServer() {
    Recorder.readyNanos = 0;
    Recorder.drain();
  }

  @Test
  void areHeldUntilItIsKnownWhatTheyAre() {
    assertThat(calls.hold(ended(RequestEntry.AGENT_CALL))).isTrue();
    assertThat(calls.hold(ended("GET"))).isFalse();

    assertThat(calls.requests(false)).isEmpty();
    assertThat(calls.startup()).isEmpty();
  }

  @Test
  void areRequestsOfAProcessThatNeverServed() {
    Trace first = ended(RequestEntry.AGENT_CALL);
    calls.hold(first);

    assertThat(calls.requests(true)).containsExactly(first);
    assertThat(calls.hold(ended(RequestEntry.AGENT_CALL))).isFalse();
    assertThat(calls.requests(true)).isEmpty();
  }

  @Test
  void areRequestsWhenNoServerCameForLong() {
    AgentCalls impatient = new AgentCalls(-1);
    impatient.hold(ended(RequestEntry.AGENT_CALL));

    assertThat(impatient.requests(false)).hasSize(1);
  }

  @Test
  void arePartOfTheStartUpOfAServer() {
    Trace warmUp = ended(RequestEntry.AGENT_CALL);
    calls.hold(warmUp);
    Recorder.ready("started");

    assertThat(calls.requests(true)).isEmpty();
    assertThat(calls.startup()).containsExactly(warmUp);
  }

  private static Trace ended(String method) {
    Trace trace = Recorder.begin(method, "Agent#run", null);
    Recorder.end(trace);
    return trace;
  }
}
