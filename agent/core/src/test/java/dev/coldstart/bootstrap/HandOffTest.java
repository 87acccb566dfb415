package dev.coldstart.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandOffTest {
  private static final int MANY = 140_000;

  private final Trace request = new Trace(1, 0, 0);

  @AfterEach
  void endTheRequest() {
    request.end = 1;
  }

  @Test
  void isTakenOnceAndPeekedAtOften() {
    Object task = new Object();
    HandOff.put(task, request, 7);

    assertThat(HandOff.peek(task).request).isSameAs(request);
    assertThat(HandOff.peek(task).parent).isEqualTo(7);
    assertThat(HandOff.take(task)).isNotNull();
    assertThat(HandOff.take(task)).isNull();
    assertThat(HandOff.peek(task)).isNull();
  }

  @Test
  void goesByIdentityNotByEquality() {
    String task = new String("task");
    HandOff.put(task, request, -1);

    assertThat(HandOff.take(new String("task"))).isNull();
    assertThat(HandOff.take(task)).isNotNull();
  }

  @Test
  void theFirstRequestInFlightKeepsATaskQueuedTwice() {
    Object task = new Object();
    Trace other = new Trace(2, 0, 0);
    HandOff.put(task, request, -1);
    HandOff.put(task, other, -1);

    assertThat(HandOff.peek(task).request).isSameAs(request);
    request.end = 1;
    HandOff.put(task, other, 3);
    assertThat(HandOff.take(task).request).isSameAs(other);
    other.end = 1;
  }

  @Test
  void aFullTableRecoversWhenTheRequestEnds() {
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Object task = new Object();
      tasks.add(task);
      HandOff.put(task, request, -1);
    }
    Object late = new Object();
    HandOff.put(late, request, -1);
    assertThat(HandOff.take(late)).as("full").isNull();

    request.end = 1;
    Trace next = new Trace(2, 0, 0);
    int kept = 0;
    for (int i = 0; i < MANY; i++) {
      Object task = new Object();
      HandOff.put(task, next, -1);
      kept += HandOff.take(task) == null ? 0 : 1;
    }
    next.end = 1;
    assertThat(kept).isGreaterThan(MANY / 2);
    assertThat(tasks).hasSize(MANY);
  }

  @Test
  void collectedTasksLeave() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      HandOff.put(new Object(), request, -1);
    }
    for (int i = 0; i < 50; i++) {
      System.gc();
      Thread.sleep(5);
    }
    // Each put tidies the bucket it goes to.
    for (int i = 0; i < 20_000; i++) {
      Object task = new Object();
      HandOff.put(task, request, -1);
      assertThat(HandOff.take(task)).isNotNull();
    }
    assertThat(HandOff.isEmpty()).isTrue();
  }

  @Test
  void sixteenThreadsNeverGetAnothersTask() throws Exception {
    List<Throwable> failures =
        TraceTest.inThreads(
            number -> {
              Trace own = new Trace(number, 0, 0);
              for (int i = 0; i < 20_000; i++) {
                Object task = new Object();
                HandOff.put(task, own, i);
                HandOff taken = HandOff.take(task);
                assertThat(taken.request).isSameAs(own);
                assertThat(taken.parent).isEqualTo(i);
              }
              own.end = 1;
            });
    assertThat(failures).isEmpty();
  }

  @Test
  void workersThatServeEverybodyAreKnown() {
    assertThat(HandOff.isShared(new Thread())).isFalse();
    assertThat(HandOff.isShared(new Thread() {})).isFalse();
    ForkJoinWorkerThread worker = new ForkJoinWorkerThread(ForkJoinPool.commonPool()) {};
    assertThat(HandOff.isShared(worker)).isTrue();
    assertThat(HandOff.isVirtualThreadScheduler(ForkJoinPool.commonPool())).isFalse();
  }
}
