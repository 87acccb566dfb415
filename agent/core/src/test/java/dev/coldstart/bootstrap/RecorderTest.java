package dev.coldstart.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final int SITE = 20;
  private static final int OTHER = 21;

  @BeforeEach
  @AfterEach
  void forget() {
    clean();
  }

  /** Forgets requests, and what this thread works for. */
  static void clean() {
    Scope.current().reset(null, -1);
    for (Trace trace : Recorder.inFlight()) {
      Recorder.end(trace);
    }
    Recorder.drain();
    Recorder.swapAmbient();
  }

  @Test
  void nestsOnOneThread() {
    Trace request = Recorder.begin("GET", "/", null);
    int joined = Recorder.join(request);
    int outer = Recorder.enter(SITE);
    int inner = Recorder.enter(OTHER);
    Recorder.fail(new IllegalStateException("secret"), inner);
    Recorder.exit(outer);
    Recorder.detach(joined);

    assertThat(request.size()).isEqualTo(2);
    assertThat(request.parent(1)).isZero();
    assertThat(request.thrown(1)).isTrue();
    assertThat(request.thrown(0)).isFalse();
    assertThat(request.notes()).containsExactly(1, "error", "java.lang.IllegalStateException");
    assertThat(request.end(0)).isGreaterThanOrEqualTo(request.end(1));
    assertThat(request.inferred(0)).isFalse();
    assertThat(Scope.current().request()).isNull();
  }

  @Test
  void countsTheOutermostOfOverloads() {
    Trace request = Recorder.begin("GET", "/", null);
    Recorder.join(request);
    int outer = Recorder.enter(SITE);
    int inner = Recorder.enter(SITE);
    Recorder.exit(inner);
    Recorder.exit(outer);

    assertThat(inner).isEqualTo(-1);
    assertThat(request.size()).isEqualTo(1);
    assertThat(request.end(0)).isNotNegative();
  }

  @Test
  void theSameMethodOnAnotherThreadOrAfterItsEndCountsOnceMore() throws Exception {
    Trace request = Recorder.begin("GET", "/", null);
    Object side = new Object();
    Object late = new Object();
    int joined = Recorder.join(request);
    int outer = Recorder.enter(SITE);
    Recorder.handOff(side);
    Recorder.handOff(late);
    inNewThread(
        () -> {
          int attached = Recorder.attach(side);
          Recorder.exit(Recorder.enter(SITE));
          Recorder.detach(attached);
        });
    Recorder.exit(outer);
    int attached = Recorder.attach(late);
    Recorder.exit(Recorder.enter(SITE));
    Recorder.detach(attached);
    Recorder.detach(joined);

    assertThat(request.size()).isEqualTo(3);
    assertThat(request.parent(1)).isZero();
    assertThat(request.parent(2)).isZero();
  }

  @Test
  void whatARequestQueuesAfterItsEndIsNobodyElses() throws Exception {
    Trace request = Recorder.begin("GET", "/", null);
    Object task = new Object();
    Recorder.join(request);
    Recorder.end(request);
    Trace only = Recorder.begin("GET", "/", null);
    Recorder.handOff(task);
    inNewThread(
        () -> {
          int attached = Recorder.attach(task);
          Recorder.exit(Recorder.enter(SITE));
          Recorder.detach(attached);
        });

    assertThat(only.size()).isZero();
    assertThat(request.size()).isZero();
    assertThat(ambientSize()).isEqualTo(1);
  }

  @Test
  void aThreadOfNobodyWorksForTheOnlyRequestInFlight() {
    Trace only = Recorder.begin("GET", "/", null);
    Recorder.exit(Recorder.enter(SITE));
    Trace second = Recorder.begin("GET", "/", null);
    Recorder.exit(Recorder.enter(SITE));
    Recorder.end(second);
    Recorder.exit(Recorder.enter(SITE));

    assertThat(only.size()).isEqualTo(2);
    assertThat(only.inferred(0)).isTrue();
    assertThat(second.size()).isZero();
    assertThat(ambientSize()).isEqualTo(1);
  }

  @Test
  void aRequestThatEndedTakesNothingMore() {
    Trace request = Recorder.begin("GET", "/", null);
    Recorder.join(request);
    int token = Recorder.enter(SITE);
    Recorder.end(request);
    Recorder.end(request);
    Recorder.exit(Recorder.enter(OTHER));
    Recorder.exit(token);

    assertThat(request.size()).isEqualTo(1);
    assertThat(ambientSize()).isEqualTo(1);
    assertThat(Recorder.drain()).isSameAs(request);
    assertThat(Recorder.drain()).isNull();
  }

  @Test
  void aTaskOfARequestThatEndedIsNotTheNextOnes() {
    Trace ended = Recorder.begin("GET", "/", null);
    int joined = Recorder.join(ended);
    int token = Recorder.enter(SITE);
    Object task = new Object();
    Recorder.handOff(task);
    Recorder.exit(token);
    Recorder.detach(joined);
    Recorder.end(ended);
    Trace next = Recorder.begin("GET", "/", null);
    int attached = Recorder.attach(task);
    Recorder.exit(Recorder.enter(OTHER));
    Recorder.detach(attached);

    assertThat(next.size()).isZero();
    assertThat(ambientSize()).isEqualTo(1);
  }

  @Test
  void deepRecursionIsDroppedAndNotLeftOpen() {
    Trace request = Recorder.begin("GET", "/", null);
    Recorder.join(request);
    int[] tokens = new int[200];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = Recorder.enter(i % 2 == 0 ? SITE : OTHER);
    }
    for (int i = tokens.length - 1; i >= 0; i--) {
      Recorder.exit(tokens[i]);
    }

    assertThat(request.size()).isLessThan(64);
    assertThat(request.size() + request.dropped()).isGreaterThan(64);
    for (int i = 0; i < request.size(); i++) {
      assertThat(request.end(i)).isNotNegative();
    }
    assertThat(Scope.current().request()).isSameAs(request);
  }

  @Test
  void whatAnExceptionLeftOpenEndsWithItsCaller() {
    Trace request = Recorder.begin("GET", "/", null);
    int joined = Recorder.join(request);
    int outer = Recorder.enter(SITE);
    // A constructor whose super(..) throws: nothing may catch there.
    Recorder.enter(OTHER);
    Recorder.join(request);
    Recorder.enter(OTHER + 1);
    Recorder.exit(outer);
    Recorder.detach(joined);

    assertThat(request.thrown(0)).isFalse();
    assertThat(request.thrown(1)).isTrue();
    assertThat(request.thrown(2)).isTrue();
    assertThat(request.end(1)).isBetween(0L, request.end(0) + 1_000_000_000);
    assertThat(Scope.current().request()).isNull();
  }

  @Test
  void aTokenThatIsNotOpenDoesNothing() {
    Trace request = Recorder.begin("GET", "/", null);
    int joined = Recorder.join(request);
    int token = Recorder.enter(SITE);
    Recorder.exit(token);
    Recorder.exit(token);
    Recorder.exit(50);
    Recorder.fail(new IllegalStateException(), -1);
    Recorder.detach(-1);

    assertThat(Scope.current().request()).isSameAs(request);
    Recorder.detach(joined);
  }

  @Test
  void aTaskWorksForTheRequestThatQueuedIt() throws Exception {
    Trace request = Recorder.begin("GET", "/", null);
    Trace other = Recorder.begin("GET", "/", null);
    Object task = new Object();
    int joined = Recorder.join(request);
    int token = Recorder.enter(SITE);
    Recorder.handOff(task);
    Recorder.exit(token);
    Recorder.detach(joined);

    inNewThread(
        () -> {
          int attached = Recorder.attach(task);
          Recorder.exit(Recorder.enter(OTHER));
          Recorder.detach(attached);
          Recorder.exit(Recorder.enter(OTHER));
        });

    assertThat(request.size()).isEqualTo(2);
    assertThat(request.parent(1)).isZero();
    assertThat(other.size()).isZero();
    assertThat(ambientSize()).isEqualTo(1);
  }

  @Test
  void aPoolThreadForgetsItsLastTask() throws Exception {
    Trace request = Recorder.begin("GET", "/", null);
    Recorder.begin("GET", "/", null);
    Object task = new Object();
    Recorder.join(request);
    Recorder.handOff(task);

    inNewThread(
        () -> {
          Recorder.nextTask(task);
          Recorder.enter(SITE);
          // The task throws, so taskDone is never reached.
          Recorder.nextTask(new Object());
          Recorder.exit(Recorder.enter(OTHER));
          Recorder.taskDone();
        });

    assertThat(request.size()).isEqualTo(1);
    assertThat(request.thrown(0)).isTrue();
    assertThat(ambientSize()).isEqualTo(1);
  }

  @Test
  void aTaskToldOfTwiceIsTakenOnce() throws Exception {
    Trace request = Recorder.begin("GET", "/", null);
    Recorder.begin("GET", "/", null);
    Object task = new Object();
    Recorder.join(request);
    Recorder.handOff(task);

    inNewThread(
        () -> {
          Recorder.taskTaken(task);
          Recorder.nextTask(task);
          Recorder.exit(Recorder.enter(SITE));
          Recorder.taskDone();
        });

    assertThat(request.size()).isEqualTo(1);
  }

  @Test
  void whatAHookThrowsStaysHereAndTheHookIsSwitchedOff() {
    AtomicInteger calls = new AtomicInteger();
    Hook[] before = Recorder.hooks;
    Recorder.hooks = new Hook[SITE + 1];
    Recorder.hooks[SITE] =
        new Hook() {
          @Override
          public Object before(int site, Object self, Object[] args) {
            calls.incrementAndGet();
            throw new LinkageError("secret");
          }

          @Override
          public Object after(
              int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
            calls.incrementAndGet();
            throw new IllegalStateException("secret");
          }
        };
    int failures = Hook.FAILURES.get();
    for (int i = 0; i < 100; i++) {
      assertThat(Recorder.before(SITE, null, new Object[0])).isNull();
      assertThat(Recorder.after("result", SITE, null, null, null)).isEqualTo("result");
      Recorder.thrown(new RuntimeException(), SITE, null, null, null);
    }

    assertThat(calls).hasValueLessThan(20);
    assertThat(Hook.FAILURES.get() - failures).isEqualTo(calls.get());
    assertThat(Hook.failure).contains("java.lang.", " at ").doesNotContain("secret");
    Recorder.hooks = before;
  }

  @Test
  void requestsComeBackOldestFirst() {
    Trace a = Recorder.begin("GET", "/a", null);
    Trace b = Recorder.begin("GET", "/b", null);
    assertThat(Recorder.inFlight()).containsExactly(b, a);
    Recorder.end(b);
    Recorder.end(a);

    assertThat(Recorder.inFlight()).isEmpty();
    Trace first = Recorder.drain();
    assertThat(first).isSameAs(b);
    assertThat(Recorder.nextOf(first)).isSameAs(a);
    assertThat(Recorder.nextOf(first)).as("keeps nothing").isNull();
    assertThat(Recorder.nextOf(a)).isNull();
  }

  @Test
  void tooManyRequestsAreCountedAndLeftAlone() {
    int lost = Recorder.lost();
    Trace kept = Recorder.begin("GET", "/", null);
    Trace last = kept;
    for (int i = 0; i < 5_000; i++) {
      last = Recorder.begin("GET", "/", null);
    }
    assertThat(last).isNull();
    assertThat(Recorder.inFlight()).hasSize(4_096);
    assertThat(Recorder.lost() - lost).isEqualTo(5_001 - 4_096);
  }

  @Test
  void sixteenThreadsOfManyRequestsKeepEachToItself() throws Exception {
    int rounds = 60;
    int intervals = 40;
    List<Throwable> failures =
        TraceTest.inThreads(
            number -> {
              for (int round = 0; round < rounds; round++) {
                Trace request = Recorder.begin("GET", "/" + number, null);
                int joined = Recorder.join(request);
                for (int i = 0; i < intervals; i++) {
                  int outer = Recorder.enter(SITE + number);
                  Recorder.exit(Recorder.enter(SITE + 100 + number));
                  Recorder.exit(outer);
                }
                Recorder.detach(joined);
                Recorder.end(request);
              }
            });

    assertThat(failures).isEmpty();
    Map<String, Integer> seen = new HashMap<>();
    for (Trace t = Recorder.drain(); t != null; t = Recorder.nextOf(t)) {
      seen.merge(t.route, 1, Integer::sum);
      int number = Integer.parseInt(t.route.substring(1));
      assertThat(t.size()).isEqualTo(2 * intervals);
      for (int i = 0; i < t.size(); i++) {
        assertThat(t.site(i)).isEqualTo(SITE + number + (i % 2 == 0 ? 0 : 100));
        assertThat(t.parent(i)).isEqualTo(i % 2 == 0 ? -1 : i - 1);
        assertThat(t.end(i)).isNotNegative();
      }
    }
    assertThat(seen).hasSize(16).allSatisfy((route, count) -> assertThat(count).isEqualTo(rounds));
  }

  static int ambientSize() {
    int size = 0;
    for (Trace stripe : Recorder.ambient()) {
      size += stripe.size();
    }
    return size;
  }

  static void inNewThread(Runnable body) throws InterruptedException {
    AtomicInteger failed = new AtomicInteger();
    Thread thread = new Thread(body);
    thread.setUncaughtExceptionHandler((t, e) -> failed.incrementAndGet());
    thread.start();
    thread.join();
    assertThat(failed).hasValue(0);
  }
}
