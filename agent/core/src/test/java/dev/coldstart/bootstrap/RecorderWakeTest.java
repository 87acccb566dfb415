package dev.coldstart.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the agent's thread is woken to look at the process. */
class RecorderWakeTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(20);
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);

  @BeforeEach
  void listen() {
    // Whoever waited on this thread before may have left it a permit to go on.
    LockSupport.parkNanos(1);
    Recorder.listener = Thread.currentThread();
    Recorder.watched = true;
  }

  @AfterEach
  void stop() {
    Recorder.listener = null;
    Recorder.watched = false;
    Recorder.drain();
  }

  @Test
  void wakesWhenARequestBegins() {
    Trace trace = Recorder.begin("GET", "/", null);

    assertThat(parkedNanos(LONG)).isLessThan(LONG / 2);
    Recorder.end(trace);
  }

  @Test
  void wakesWhenTheWindowEnds() {
    Trace trace = Recorder.begin("GET", "/", null);
    parkedNanos(LONG);
    trace.content(System.nanoTime(), true);
    trace.body(System.nanoTime());

    assertThat(parkedNanos(LONG)).isLessThan(LONG / 2);
    Recorder.end(trace);
  }

  @Test
  void doesNotWakeABusyService() {
    Recorder.watched = false;
    Trace trace = Recorder.begin("GET", "/", null);

    Recorder.end(trace);
    assertThat(parkedNanos(SHORT)).isGreaterThanOrEqualTo(SHORT / 2);
  }

  @Test
  void wakesWhenManyWait() {
    Recorder.watched = false;
    int ended = 0;
    for (; 3 * ended <= Trace.MAX_WAITING / 4; ended++) {
      Recorder.end(Recorder.begin("GET", "/", null));
    }

    assertThat(parkedNanos(LONG)).isLessThan(LONG / 2);
    int drained = 0;
    for (Trace t = Recorder.drain(); t != null; t = Recorder.nextOf(t)) {
      assertThat(t.weight).isEqualTo(3);
      drained++;
    }
    assertThat(drained).isEqualTo(ended);
  }

  private static long parkedNanos(long atMost) {
    long begin = System.nanoTime();
    LockSupport.parkNanos(atMost);
    return System.nanoTime() - begin;
  }
}
