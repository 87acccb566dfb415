package dev.coldstart.bootstrap;

import static dev.coldstart.bootstrap.RecorderTest.ambientSize;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a thread works for when it runs what others queued, bound or started. */
class CarriedWorkTest {
  private static final int SITE = 20;
  private static final int OTHER = 21;

  @BeforeEach
  @AfterEach
  void clean() {
    RecorderTest.clean();
  }

  @Test
  void whatABoundObjectDoesInLineStaysBelowItsCaller() {
    Trace request = Recorder.begin("GET", "/", null);
    Recorder.begin("GET", "/", null);
    Object sink = new Object();
    int joined = Recorder.join(request);
    Recorder.bind(sink);
    int outer = Recorder.enter(SITE);
    int attached = Recorder.attach(sink);
    Recorder.exit(Recorder.enter(OTHER));
    Recorder.detach(attached);
    Recorder.exit(outer);
    Recorder.detach(joined);
    attached = Recorder.attach(sink);
    Recorder.exit(Recorder.enter(OTHER));
    Recorder.detach(attached);

    assertThat(attached).isNotNegative();
    assertThat(request.size()).isEqualTo(3);
    assertThat(request.parent(1)).isZero();
    assertThat(request.parent(2)).isEqualTo(-1);
    assertThat(ambientSize()).isZero();
  }

  @Test
  void aLoopServesEverybodyAndItsTasksWhoeverQueuedThem() throws Exception {
    Trace request = Recorder.begin("GET", "/", null);
    Recorder.begin("GET", "/", null);
    Object task = new Object();
    Recorder.join(request);
    Recorder.handOff(task);
    Thread loop =
        new Thread(
            () -> {
              int apart = Recorder.apart();
              Recorder.exit(Recorder.enter(OTHER));
              for (Object each : List.of(task, new Object())) {
                int token = Recorder.attachTask(each);
                Recorder.exit(Recorder.enter(SITE));
                Recorder.detach(token);
              }
              Recorder.detach(apart);
            });
    Recorder.handOff(loop);
    loop.start();
    loop.join();

    assertThat(request.size()).isEqualTo(1);
    assertThat(request.site(0)).isEqualTo(SITE);
    assertThat(ambientSize()).isEqualTo(2);
  }

  @Test
  void aNewThreadBeginsWithTheContextItWasStartedIn() throws Exception {
    Trace request = Recorder.begin("GET", "/", null);
    Recorder.begin("GET", "/", null);
    Recorder.join(request);
    Thread thread = new Thread(() -> Recorder.exit(Recorder.enter(SITE)));
    Recorder.handOff(thread);
    thread.start();
    thread.join();

    assertThat(request.size()).isEqualTo(1);
    assertThat(request.inferred(0)).isFalse();
  }
}
