package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.report.OtherEntry;
import dev.coldstart.weave.Sites;
import org.junit.jupiter.api.Test;

class OtherEntriesTest {
  @Test
  void countsByRouteMostFrequentFirst() {
    OtherEntries others = new OtherEntries();
    others.add("GET", "/logo.png", 7);
    others.add("GET", "/health", 30);
    others.add("GET", "/health", 50);
    others.add("GET", "/health", 40);

    assertThat(others.list())
        .containsExactly(
            new OtherEntry("GET", "/health", 3, 30, 50),
            new OtherEntry("GET", "/logo.png", 1, 7, 7));
    assertThat(others.takeChanged()).isTrue();
    assertThat(others.takeChanged()).isFalse();
  }

  @Test
  void isBounded() {
    OtherEntries others = new OtherEntries();
    for (int i = 0; i < 1_000; i++) {
      others.add("GET", "/" + i, i);
    }
    assertThat(others.list()).hasSize(OtherEntries.MAX_ROUTES + 1);
    assertThat(others.list().get(0)).isEqualTo(new OtherEntry("any", "other routes", 950, 50, 999));
  }

  @Test
  void onlyWhatAnAgentDoesMakesAnAgentRequest() {
    assertThat(AgentWork.in(request("/chat"))).isFalse();
    assertThat(AgentWork.in(worked("/chat", false, true))).isTrue();
    Trace declared = request("/batch");
    declared.declared = true;
    assertThat(AgentWork.in(declared)).isTrue();
  }

  @Test
  void workOfOthersDuringAHealthProbeDoesNotMakeItOne() {
    assertThat(AgentWork.in(worked("/healthz", true, true))).isFalse();
    assertThat(AgentWork.in(worked("/static/app.js", true, false))).as("went on").isFalse();
    assertThat(AgentWork.in(worked("/chat", true, true))).isTrue();
    assertThat(AgentWork.in(worked("/healthz", false, true))).as("asks a model").isTrue();
  }

  @Test
  void knowsTheUsualProbes() {
    assertThat("/health /healthz/ /actuator/health/readiness /api/ping /livez /metrics".split(" "))
        .allMatch(AgentWork::isProbe);
    assertThat("/ /chat /healthy /my-status-report /actuators".split(" "))
        .noneMatch(AgentWork::isProbe);
  }

  private static Trace worked(String route, boolean inferred, boolean ended) {
    Trace trace = request(route);
    long now = System.nanoTime();
    int index = trace.open(Sites.LLM_TTFT, -1, now, Scope.current(), inferred);
    if (ended) {
      trace.close(index, now + 1, false);
    }
    trace.end = now - trace.startNanos + 1_000;
    return trace;
  }

  private static Trace request(String route) {
    Trace trace = Recorder.scratch();
    trace.method = "GET";
    trace.route = route;
    trace.end = 1;
    return trace;
  }
}
