package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The other agent's classes are played by these; NeighboursIT has the real ones. */
class OtelAgentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  /** Of a span's context. */
  public record Context(String getTraceId, String getSpanId, boolean isValid, boolean isSampled) {}

  /** What the other agent keeps of a span. */
  public record Span(Context getSpanContext, String getKind) {}

  private static Span span;
  private static boolean broken;

  private final Trace request = Recorder.begin("GET", "/chat", "incoming");

  /** As the other agent has it. */
  public static Span current() {
    if (broken) {
      throw new IllegalStateException("another version");
    }
    return span;
  }

  @AfterEach
  void end() {
    broken = false;
    Recorder.end(request);
  }

  @Test
  void makesARequestPartOfTheSpanAroundIt() throws Exception {
    span = span(TRACE, SPAN, true, "SERVER");
    assertThat(joined(request)).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
    span = span("f".repeat(32), SPAN, true, "SERVER");
    assertThat(joined(request)).as("once").contains(TRACE);
  }

  @Test
  void leavesARequestAloneWhereThereIsNoSpanOfIt() throws Exception {
    span = span("0".repeat(32), "0".repeat(16), false, null);
    assertThat(joined(request)).as("no span").isEqualTo("incoming");
    span = span(TRACE, SPAN, true, "CLIENT");
    assertThat(joined(request)).as("what it calls").isEqualTo("incoming");
    broken = true;
    assertThat(joined(request)).as("another version").isEqualTo("incoming");
    span = null;
    broken = false;
    assertThat(joined(request)).as("no answer").isEqualTo("incoming");
  }

  @Test
  void leavesARequestAloneThatTheThreadDoesNotWorkFor() throws Exception {
    span = span(TRACE, SPAN, true, "SERVER");
    new OtelAgent(OtelAgentTest.class.getMethod("current")).join(request);
    assertThat(request.traceparent).isEqualTo("incoming");
    assertThat(request.inSpan).isFalse();
  }

  @Test
  void doesNothingWithoutThatAgent() {
    int token = Recorder.join(request);
    new OtelAgent(null).join(request);
    OtelAgent.HERE.join(request);
    Recorder.detach(token);
    assertThat(request.traceparent).isEqualTo("incoming");
  }

  private static Span span(String trace, String id, boolean valid, String kind) {
    return new Span(new Context(trace, id, valid, true), kind);
  }

  private static String joined(Trace request) throws Exception {
    int token = Recorder.join(request);
    new OtelAgent(OtelAgentTest.class.getMethod("current")).join(request);
    Recorder.detach(token);
    return request.traceparent;
  }
}
