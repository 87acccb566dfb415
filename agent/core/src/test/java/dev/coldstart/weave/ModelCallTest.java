package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelCallTest {
  private Trace request;
  private int joined;

  @BeforeEach
  void begin() {
    request = Recorder.begin("GET", "/chat", null);
    joined = Recorder.join(request);
  }

  @AfterEach
  void end() {
    Recorder.detach(joined);
    Recorder.end(request);
    Recorder.drain();
    assertThat(ModelCall.current()).as("left on this thread").isNull();
  }

  @Test
  void layersOnOneThreadShareACall() {
    ModelCall framework = ModelCall.enter(null, false);
    long outerNanos = framework.handedOverNanos();
    ModelCall client = ModelCall.enter("openai", false);

    assertThat(client).isSameAs(framework);
    assertThat(client.system).isEqualTo("openai");
    assertThat(client.handedOverNanos()).as("the deepest layer").isGreaterThan(outerNanos);
    client.leave();
    assertThat(ModelCall.current()).isSameAs(framework);
    client.end(false);
    framework.leave();
    assertThat(request.size()).isEqualTo(1);
    assertThat(request.notes()).containsExactly(0, ModelCall.NOTE, framework);
  }

  @Test
  void aLayerThatDoesNotKnowTheProviderKeepsTheName() {
    ModelCall client = ModelCall.enter("anthropic", false);
    ModelCall transport = ModelCall.enter(null, false);

    assertThat(transport.system).isEqualTo("anthropic");
    transport.leave();
    client.leave();
  }

  @Test
  void aCallAfterTheEndOfTheInnerOneIsAnother() {
    ModelCall wrapper = ModelCall.enter(null, false);
    ModelCall first = ModelCall.enter("openai", false);
    first.leave();
    first.end(true);
    ModelCall second = ModelCall.enter("openai", false);

    assertThat(first).isSameAs(wrapper);
    assertThat(second).isNotSameAs(first);
    second.content();
    second.end(false);
    second.leave();
    assertThat(ModelCall.current()).isSameAs(wrapper);
    wrapper.leave();
    assertThat(first.failed()).isTrue();
    assertThat(first.firstContentNanos()).isZero();
    assertThat(second.failed()).isFalse();
    assertThat(second.firstContentNanos()).isNotZero();
  }

  @Test
  void onlyTheFirstOfEachCounts() {
    ModelCall call = detached(true);
    call.text(null);
    call.text("");
    call.text(42);
    assertThat(call.awaitsContent()).as("nothing that is content").isTrue();
    call.text("word");
    long content = call.firstContentNanos();
    call.toolCall();
    long toolCall = call.firstToolCallNanos();
    call.content();
    call.toolCall();
    call.end(false);
    long ended = call.endedNanos();
    call.end(true);

    assertThat(call.firstContentNanos()).isEqualTo(content);
    assertThat(call.firstToolCallNanos()).isEqualTo(toolCall).isGreaterThanOrEqualTo(content);
    assertThat(call.endedNanos()).isEqualTo(ended).isGreaterThanOrEqualTo(toolCall);
    assertThat(call.failed()).isFalse();
  }

  @Test
  void nothingComesAfterTheEnd() {
    ModelCall call = detached(false);
    call.end(true);
    call.content();
    call.toolCall();
    call.usage("late", source -> new Usage(1L, 1L, null, 1L, null));

    assertThat(call.firstContentNanos()).isZero();
    assertThat(call.firstToolCallNanos()).isZero();
    assertThat(call.usage()).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void aStreamedAnswerIsTwoIntervalsAndAWholeOneIsOne() {
    ModelCall whole = detached(false);
    whole.content();
    whole.end(false);
    ModelCall streamed = detached(true);
    streamed.content();
    streamed.end(false);

    assertThat(request.size()).isEqualTo(3);
    assertThat(request.site(0)).isEqualTo(Sites.LLM_TTFT);
    assertThat(request.site(1)).isEqualTo(Sites.LLM_TTFT);
    assertThat(request.site(2)).isEqualTo(Sites.LLM_GENERATION);
    assertThat(request.end(1)).isEqualTo(request.start(2));
    assertThat(request.parent(2)).isEqualTo(request.parent(1));
    assertThat(request.end(2)).isGreaterThanOrEqualTo(request.start(2));
  }

  @Test
  void usageIsReadLater() {
    ModelCall call = detached(true);
    assertThat(call.usage()).isEqualTo(Usage.UNKNOWN);
    StringBuilder source = new StringBuilder("12");
    call.usage(source, s -> new Usage((long) s.toString().length(), null, null, null, null));
    call.usage(null, s -> Usage.UNKNOWN);
    call.end(false);
    source.append("345");

    assertThat(call.usage().inputTokens()).isEqualTo(5);
    assertThat(call.usage().cachedTokens()).isNull();
  }

  @Test
  void whatTheLastUsageTellsCounts() {
    ModelCall call = detached(true);
    call.usage("begin", s -> new Usage(1_020L, 1_000L, 0L, 1L, null));
    call.usage("middle", s -> new Usage(1L, 1L, 1L, 1L, 1L));
    call.usage("end", s -> new Usage(20L, null, null, 3L, null));

    assertThat(call.usage()).isEqualTo(new Usage(1_020L, 1_000L, 0L, 3L, null));
  }

  @Test
  void aRepeatedAttemptDoesNotRestartTheWait() {
    ModelCall call = ModelCall.enter("openai", true);
    ModelCall.enter(null, true);
    call.sent();
    long begin = call.handedOverNanos();
    call.sent();
    ModelCall.enter(null, true).leave();
    call.content();
    call.sent();
    call.leave();
    call.leave();

    assertThat(call.handedOverNanos()).isEqualTo(begin);
    assertThat(call.attempts()).isEqualTo(2);
  }

  @Test
  void whatTheClientDidBeforeItSentIsNotOnTheWire() {
    ModelCall call = detached(true);
    request.sent = call.handedOverNanos() + 100;
    request.answered = call.handedOverNanos() + 400;
    call.content();
    assertThat(call.waitedNanos()).isEqualTo(300);

    ModelCall unwatched = detached(true);
    unwatched.content();
    assertThat(unwatched.waitedNanos()).as("sent before it was handed over").isZero();
  }

  @Test
  void isFoundByAnObjectThatStandsForIt() {
    Object handler = new Object();
    ModelCall call = detached(true);
    call.bind(handler);

    assertThat(ModelCall.of(handler)).isSameAs(call);
    assertThat(ModelCall.of(new Object())).isNull();
    assertThat(ModelCall.of(null)).isNull();
  }

  @Test
  void aThreadThatWorksForItFindsIt() throws Exception {
    ModelCall call = ModelCall.enter("openai", true);
    ModelCall[] found = new ModelCall[2];
    Thread callback =
        new Thread(
            () -> {
              found[0] = ModelCall.current();
              int token = call.join();
              found[1] = ModelCall.current();
              Recorder.detach(token);
            });
    callback.start();
    callback.join();
    call.leave();

    assertThat(found).containsExactly(null, call);
  }

  private static ModelCall detached(boolean streaming) {
    return ModelCall.detached("openai", streaming, System.nanoTime());
  }
}
