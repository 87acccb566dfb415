package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Attributor;
import dev.coldstart.phase.Interval;
import dev.coldstart.weave.Sites;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceReaderTest {
  private static final int SITE = Sites.LLM_TTFT;

  private final Trace trace = Recorder.scratch();
  private final long start = trace.startNanos;

  @Test
  void anIntervalKeepsItsTimesThreadAndNotes() {
    int outer = open(-1, 10);
    int inner = open(outer, 20);
    trace.note(inner, "tools", 3L);
    trace.note(inner, "name", "named at run time");
    close(inner, 30);
    trace.close(outer, start + 40, true);

    List<Interval> read = read(100, 1_000);

    assertThat(read).extracting(Interval::id).containsExactly(100, 101);
    assertThat(read).extracting(Interval::parent).containsExactly(-1, 100);
    assertThat(read.get(0).startNanos()).isEqualTo(start + 10);
    assertThat(read.get(0).endNanos()).isEqualTo(start + 40);
    assertThat(read.get(0).failed()).isTrue();
    assertThat(read.get(0).open()).isFalse();
    assertThat(read.get(0).phase()).isEqualTo("llm_ttft");
    assertThat(read.get(0).name()).isEqualTo("model: first token");
    assertThat(read.get(0).notes()).isEmpty();
    assertThat(read.get(0).threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(read.get(1).name()).isEqualTo("named at run time");
    assertThat(read.get(1).notes()).containsOnlyKeys("tools").containsEntry("tools", 3L);
  }

  @Test
  void namesAreShortAndDoNothing() {
    int index = open(-1, 10);
    trace.note(index, "tool", "\u001b[2J" + "x".repeat(1_000_000));
    trace.note(index, "name", "a\nb");
    close(index, 30);

    Interval read = read(0, 1_000).get(0);

    assertThat(read.name()).isEqualTo("a?b");
    assertThat((String) read.notes().get("tool")).startsWith("?[2Jxxx").hasSize(203);
  }

  @Test
  void anAddressIsNoNameUnlessAUserAskedForIt() {
    int index = open(-1, 10);
    trace.note(index, "tool", "http://user:password@host/?key=1");
    trace.note(index, "name", "fetch from http://host/");
    close(index, 30);

    Interval read = read(0, 1_000).get(0);

    assertThat(read.name()).isEqualTo("fetch from http://host/");
    assertThat(read.notes()).doesNotContainKey("tool");
  }

  @Test
  void whatIsOpenEndsNowAndNeverBeforeItBegan() {
    open(-1, 10);
    open(-1, 500);

    List<Interval> read = read(0, 100);

    assertThat(read).allMatch(Interval::open);
    assertThat(read.get(0).endNanos()).isEqualTo(start + 100);
    assertThat(read.get(1).endNanos()).isEqualTo(start + 500);
    assertThat(Attributor.attribute(start, start + 100, read).unattributedNanos()).isEqualTo(10);
  }

  @Test
  void workThatOutlivesItsCallerBelongsFurtherOut() {
    int request = open(-1, 0);
    int middle = open(request, 10);
    int caller = open(middle, 20);
    int forked = open(caller, 30);
    int within = open(caller, 30);
    close(within, 40);
    close(caller, 50);
    close(middle, 60);
    close(forked, 80);
    close(request, 90);

    List<Interval> read = read(0, 100);

    assertThat(read.get(forked).parent()).isEqualTo(request);
    assertThat(read.get(within).parent()).isEqualTo(caller);
    assertThat(read.get(caller).parent()).isEqualTo(middle);
  }

  @Test
  void workThatIsStillOpenBelongsBelowWhatIsStillOpen() {
    int done = open(-1, 0);
    int open = open(done, 10);
    int below = open(open, 20);
    close(done, 30);

    List<Interval> read = read(0, 100);

    assertThat(read.get(open).parent()).isEqualTo(-1);
    assertThat(read.get(below).parent()).isEqualTo(open);
  }

  @Test
  void anIntervalThatEndedWithItsParentStaysBelowIt() {
    int parent = open(-1, 0);
    int child = open(parent, 10);
    close(child, 30);
    close(parent, 30);

    assertThat(read(0, 100).get(child).parent()).isEqualTo(parent);
  }

  @Test
  void severalTracesGetIdsOfTheirOwn() {
    TraceReader reader = new TraceReader();
    open(-1, 0);
    open(-1, 1);
    int next = reader.add(trace, 3, start + 10);
    Trace other = Recorder.scratch();
    int parent = other.open(SITE, -1, other.startNanos, Scope.current(), true);
    other.open(SITE, parent, other.startNanos, Scope.current(), false);
    int end = reader.add(other, next, start + 10);

    assertThat(next).isEqualTo(5);
    assertThat(end).isEqualTo(7);
    assertThat(reader.intervals()).extracting(Interval::id).containsExactly(3, 4, 5, 6);
    assertThat(reader.intervals()).extracting(Interval::parent).containsExactly(-1, -1, -1, 5);
    assertThat(reader.intervals().get(2).inferred()).isTrue();
  }

  @Test
  void aSiteNobodyKnowsIsCalledUnknown() {
    trace.open(30_000, -1, start, Scope.current(), false);

    assertThat(read(0, 10).get(0).phase()).isEqualTo("unknown");
  }

  private int open(int parent, long at) {
    return trace.open(SITE, parent, start + at, Scope.current(), false);
  }

  private void close(int index, long at) {
    trace.close(index, start + at, false);
  }

  private List<Interval> read(int firstId, long now) {
    TraceReader reader = new TraceReader();
    reader.add(trace, firstId, start + now);
    return reader.intervals();
  }
}
