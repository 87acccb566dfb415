package dev.coldstart.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandOffTest {
  private static final int MANY = 140_000;

  private final Trace request = new Trace(1, 0, 0);
  private final Trace other = new Trace(2, 0, 0);

  @AfterEach
  void endTheRequests() {
    request.end = 1;
    other.end = 1;
  }

  @Test
  void aTaskIsTakenAsOftenAsItWasQueued() {
    Object task = new Object();
    HandOff.put(task, request, 7);
    HandOff.put(task, request, 8);

    assertThat(HandOff.take(task).request()).isSameAs(request);
    assertThat(HandOff.take(task).parent).isEqualTo(7);
    assertThat(HandOff.take(task)).isNull();
  }

  @Test
  void aBoundObjectStaysWithItsRequestWhoeverQueuesIt() {
    Object sink = new Object();
    HandOff.bind(sink, request, 7);
    HandOff.put(sink, other, 3);

    assertThat(HandOff.take(sink).request()).isSameAs(request);
    assertThat(HandOff.take(sink).parent).isEqualTo(7);
    HandOff.bind(sink, other, 3);
    assertThat(HandOff.take(sink).request()).isSameAs(other);
    assertThat(HandOff.take(sink).parent).isEqualTo(3);
    HandOff.unbind(sink);
    assertThat(HandOff.take(sink)).isNull();
  }

  @Test
  void aBoundObjectThatIsDoneIsLetGo() {
    Object stage = new Object();
    HandOff.bind(stage, request, 7);
    Recorder.letGo(stage);
    Recorder.letGo(stage);

    assertThat(Recorder.attach(stage)).as("nobody's").isEqualTo(-1);
    HandOff.put(stage, other, 3);
    assertThat(HandOff.take(stage).request()).isSameAs(other);
  }

  @Test
  void goesByIdentityNotByEquality() {
    String task = new String("task");
    HandOff.put(task, request, -1);

    assertThat(HandOff.take(new String("task"))).isNull();
    assertThat(HandOff.take(task)).isNotNull();
  }

  @Test
  void aTaskThatSeveralRequestsWaitForWorksForNone() {
    Object task = new Object();
    HandOff.put(task, request, -1);
    HandOff.put(task, other, -1);
    HandOff.put(task, other, -1);

    for (int i = 0; i < 3; i++) {
      assertThat(HandOff.take(task).request().isClosed()).isTrue();
    }
    assertThat(HandOff.take(task)).isNull();
    HandOff.put(task, other, 3);
    assertThat(HandOff.take(task).request()).isSameAs(other);
  }

  @Test
  void aTaskOfAnEndedRequestIsNobodys() {
    Trace ended = Recorder.begin("GET", "/", null);
    Object task = new Object();
    Object sink = new Object();
    HandOff.put(task, ended, -1);
    HandOff.bind(sink, ended, -1);
    Recorder.end(ended);

    assertThat(HandOff.take(task).request()).isNotSameAs(ended).matches(Trace::isClosed);
    assertThat(HandOff.take(sink).request()).isNotSameAs(ended).matches(Trace::isClosed);
    HandOff.put(task, ended, -1);
    HandOff.put(task, other, 3);
    assertThat(HandOff.take(task).request()).isSameAs(other);
    Recorder.drain();
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
    for (int i = 0; i < 200_000; i++) {
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
                assertThat(taken.request()).isSameAs(own);
                assertThat(taken.parent).isEqualTo(i);
              }
              own.end = 1;
            });
    assertThat(failures).isEmpty();
  }

  @Test
  void theCommonPoolIsNotTheSchedulerOfVirtualThreads() {
    assertThat(HandOff.isVirtualThreadScheduler(ForkJoinPool.commonPool())).isFalse();
  }
}
