package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstUseTest {
  private static final int SITE = 3_100;
  private static final Object[] NONE = {};

  private final WeakIdentityMap<Boolean> used = new WeakIdentityMap<>();
  private final FirstUse hook = FirstUse.of(At.self(), "first", used);
  private Trace trace;
  private int token;

  @BeforeEach
  void begin() {
    trace = Recorder.begin("GET", "/", null);
    token = Recorder.join(trace);
  }

  @AfterEach
  void end() {
    ClassLoading.countedBy(null);
    Recorder.detach(token);
    Recorder.end(trace);
  }

  @Test
  void onlyTheFirstCallForAnObjectIsNamedSo() {
    Object schema = new Object();
    call(hook, schema, () -> {});
    call(hook, schema, () -> {});
    call(hook, new Object(), () -> {});
    call(FirstUse.of(At.self(), "first", used), schema, () -> {});

    assertThat(trace.size()).isEqualTo(4);
    assertThat(trace.notes()).containsExactly(0, "name", "first", 2, "name", "first");
  }

  @Test
  void nothingIsFirstWhereThereIsNoObject() {
    call(hook, null, () -> {});
    assertThat(trace.notes()).isEmpty();
  }

  @Test
  void whatACallDoesByItselfIsNoFurtherCall() {
    Object inner = new Object();
    call(hook, new Object(), () -> call(hook, inner, () -> {}));
    call(hook, inner, () -> {});

    assertThat(trace.size()).as("nested calls are one").isEqualTo(2);
    assertThat(trace.notes()).containsExactly(0, "name", "first", 1, "name", "first");
  }

  @Test
  void classesThatWereLoadedMeanwhileAreNotedWithTheirTime() {
    long[] clock = {70};
    ClassLoading.countedBy(() -> clock[0]);
    call(
        FirstUse.unnamed(null),
        this,
        () -> {
          Recorder.classDefined();
          Recorder.classDefined();
          clock[0] = 100;
        });
    call(FirstUse.unnamed(null), this, () -> {});

    assertThat(trace.notes())
        .containsExactly(0, "process_classes", 2L, 0, "process_class_load_ns", 30L);
  }

  @Test
  void unknownTimeIsLeftOut() {
    ClassLoading.countedBy(() -> -1);
    call(FirstUse.unnamed(null), this, Recorder::classDefined);
    assertThat(trace.notes()).containsExactly(0, "process_classes", 1L);
  }

  @Test
  void aCallThatThrowsFailsAndHasNoFactsOfItsResult() {
    List<Object> noted = new ArrayList<>();
    FirstUse failing = FirstUse.unnamed((self, args, result) -> noted.add(result));
    Object state = failing.before(SITE, this, NONE);
    failing.after(SITE, state, this, NONE, null, new IllegalStateException());

    assertThat(trace.thrown(0)).isTrue();
    assertThat(trace.end(0)).isNotNegative();
    assertThat(noted).isEmpty();
  }

  private static void call(FirstUse hook, Object self, Runnable body) {
    Object state = hook.before(SITE, self, NONE);
    body.run();
    hook.after(SITE, state, self, NONE, null, null);
  }
}
