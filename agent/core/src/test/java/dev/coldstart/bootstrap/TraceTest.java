package dev.coldstart.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final int THREADS = 16;

  private final Trace trace = new Trace(1, 1_000, 0);

  @Test
  void keepsWhatAnIntervalIs() {
    int outer = trace.open(40, -1, 1_005, Scope.current(), false);
    int inner = trace.open(4_095, outer, 1_010, Scope.current(), true);
    trace.close(inner, 1_020, true);

    assertThat(trace.size()).isEqualTo(2);
    assertThat(trace.site(inner)).isEqualTo(4_095);
    assertThat(trace.parent(inner)).isEqualTo(outer);
    assertThat(trace.start(inner)).isEqualTo(10);
    assertThat(trace.end(inner)).isEqualTo(20);
    assertThat(trace.thrown(inner)).isTrue();
    assertThat(trace.inferred(inner)).isTrue();
    assertThat(trace.scope(inner)).isSameAs(Scope.current());
    assertThat(trace.parent(outer)).isEqualTo(-1);
    assertThat(trace.end(outer)).isEqualTo(-1);
    assertThat(trace.thrown(outer)).isFalse();
    assertThat(trace.inferred(outer)).isFalse();
  }

  @Test
  void onlyTheFirstCloseCounts() {
    int index = trace.open(16, -1, 1_000, Scope.current(), false);
    trace.close(index, 1_000, false);
    trace.close(index, 9_000, true);

    assertThat(trace.end(index)).isZero();
    assertThat(trace.thrown(index)).isFalse();
    trace.close(-1, 1_000, false);
  }

  @Test
  void knowsTheFirstThreadsThatWorkedForIt() {
    trace.joined(7);
    trace.joined(8);
    trace.joined(7);
    assertThat(trace.threads()).containsExactly(7, 8);

    for (long thread = 1; thread <= 100; thread++) {
      trace.joined(thread);
    }
    assertThat(trace.threads()).hasSize(16).doesNotHaveDuplicates().startsWith(7, 8);
  }

  @Test
  void theThreadThatJoinsARequestIsOneOfIts() {
    int token = Recorder.join(trace);
    Recorder.detach(token);

    assertThat(trace.threads()).containsExactly(Scope.current().threadId);
  }

  @Test
  void anIntervalMayBeginBeforeItsTrace() {
    int index = trace.open(16, -1, 400, Scope.current(), false);

    assertThat(trace.site(index)).isEqualTo(16);
    assertThat(trace.start(index)).isEqualTo(-600);
  }

  @Test
  void whatWasNeverWrittenReadsAsNothing() {
    assertThat(trace.site(0)).isEqualTo(-1);
    assertThat(trace.site(Trace.MAX_INTERVALS - 1)).isEqualTo(-1);
    assertThat(trace.scope(Trace.MAX_INTERVALS - 1)).isNull();
  }

  @Test
  void growsToItsLimitAndCountsTheRest() {
    for (int i = 0; i < Trace.MAX_INTERVALS + 10; i++) {
      int index = trace.open(16 + (i & 63), i - 1, 1_000 + i, Scope.current(), false);
      assertThat(index).isEqualTo(i < Trace.MAX_INTERVALS ? i : -1);
      trace.close(index, 1_001 + i, false);
    }

    assertThat(trace.size()).isEqualTo(Trace.MAX_INTERVALS);
    assertThat(trace.dropped()).isEqualTo(10);
    assertThat(trace.droppedNotes()).isZero();
    for (int i = 0; i < Trace.MAX_INTERVALS; i++) {
      assertThat(trace.site(i)).isEqualTo(16 + (i & 63));
      assertThat(trace.parent(i)).isEqualTo(i - 1);
      assertThat(trace.end(i)).isEqualTo(i + 1);
    }
  }

  @Test
  void manyThreadsGrowOneTraceWithoutLosingAnything() throws Exception {
    int each = Trace.MAX_INTERVALS / THREADS + 100;
    List<Throwable> failures = inThreads(t -> fill(t, each));

    assertThat(failures).isEmpty();
    assertThat(trace.size()).isEqualTo(Trace.MAX_INTERVALS);
    assertThat(trace.dropped()).isEqualTo(THREADS * 100);
    long[] perSite = new long[THREADS];
    for (int i = 0; i < trace.size(); i++) {
      int site = trace.site(i);
      assertThat(trace.end(i) - trace.start(i)).isEqualTo(site);
      assertThat(trace.scope(i)).isNotNull();
      perSite[site - 16]++;
    }
    for (long count : perSite) {
      assertThat(count).isPositive().isLessThan(each + 1);
    }
  }

  private void fill(int thread, int count) {
    int site = 16 + thread;
    for (int i = 0; i < count; i++) {
      long now = 1_000L + i;
      trace.close(trace.open(site, -1, now, Scope.current(), false), now + site, false);
    }
  }

  @Test
  void notesAreBounded() {
    for (int i = 0; i < 8_192 + 5; i++) {
      trace.note(i, "k", (long) i);
    }
    trace.note(-1, "k", 1L);
    trace.note(0, "k", null);

    Object[] notes = trace.notes();
    assertThat(notes.length).isGreaterThanOrEqualTo(8_192 * 3);
    assertThat(notes.length / 3 + trace.dropped()).isEqualTo(8_192 + 5);
    assertThat(trace.droppedNotes()).isEqualTo(trace.dropped()).isPositive();
    assertThat(notes).startsWith(0, "k", 0L, 1, "k", 1L);
  }

  @Test
  void theFirstContentOfAStreamIsWhatCanHaveBeenShown() {
    trace.content(1_100, false);
    trace.body(1_150);
    trace.content(1_200, true);
    trace.content(1_300, true);
    trace.body(1_400);
    trace.body(1_500);

    assertThat(trace.streamed).isTrue();
    assertThat(trace.firstContent).isEqualTo(200);
    assertThat(trace.firstBody).isEqualTo(150);
    assertThat(trace.firstVisible).isEqualTo(400);
  }

  @Test
  void withoutAStreamTheFirstContentOfAnyCallCounts() {
    trace.body(1_050);
    trace.content(1_100, false);
    trace.content(1_200, false);

    assertThat(trace.streamed).isFalse();
    assertThat(trace.firstContent).isEqualTo(100);
    assertThat(trace.firstVisible).isZero();
    assertThat(trace.firstBody).isEqualTo(50);
  }

  /** Runs the body in all threads at once; returns what they threw. */
  static List<Throwable> inThreads(java.util.function.IntConsumer body) throws Exception {
    List<Throwable> failures = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                  body.accept(number);
                } catch (Throwable t) {
                  synchronized (failures) {
                    failures.add(t);
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return failures;
  }
}
