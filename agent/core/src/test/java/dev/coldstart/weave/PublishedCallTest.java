package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of models that begin when somebody subscribes to their answer. */
class PublishedCallTest {
  private static final int STEP = 6;

  private final Hook published = new ModelClient(new ModelDialect("provider")).published();
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
  }

  @Test
  void whatTheSubscriptionBeginsIsInsideOfTheCall() throws InterruptedException {
    Runnable task = () -> Recorder.exit(Recorder.enter(STEP));
    Flowable<String> answer =
        returned(
            Flowable.defer(
                () -> {
                  task.run();
                  Recorder.handOff(task);
                  return Flowable.never();
                }));
    assertThat(request.size()).as("nothing has happened").isZero();

    var unused = answer.subscribe();
    Thread loop =
        new Thread(
            () -> {
              int token = Recorder.attachTask(task);
              task.run();
              Recorder.detach(token);
            });
    loop.start();
    loop.join();
    task.run();

    assertThat(request.site(0)).isEqualTo(Sites.LLM_TTFT);
    assertThat(request.parent(1)).as("on this thread").isZero();
    assertThat(request.parent(2)).as("handed over").isZero();
    assertThat(request.parent(3)).as("begun after it").isEqualTo(-1);
  }

  @Test
  void subscriptionsToOnePublisherAtOnceAreCallsOfTheirOwn() {
    List<FlowableEmitter<String>> open = new ArrayList<>();
    Flowable<String> answer =
        returned(
            Flowable.create(
                emitter -> {
                  open.add(emitter);
                  Recorder.exit(Recorder.enter(STEP));
                },
                BackpressureStrategy.BUFFER));
    var first = answer.subscribe();
    var second = answer.subscribe();

    open.get(0).onComplete();

    assertThat(first.isDisposed()).isTrue();
    assertThat(second.isDisposed()).isFalse();
    assertThat(request.size()).isEqualTo(4);
    assertThat(request.parent(1)).isZero();
    assertThat(request.parent(3)).isEqualTo(2);
    assertThat(request.end(0)).isNotNegative();
    assertThat(request.end(2)).as("still open").isNegative();
  }

  @SuppressWarnings("unchecked")
  private Flowable<String> returned(Flowable<String> answer) {
    Object[] args = {"request"};
    Object state = published.before(STEP, this, args);
    return (Flowable<String>) published.after(STEP, state, this, args, answer, null);
  }
}
