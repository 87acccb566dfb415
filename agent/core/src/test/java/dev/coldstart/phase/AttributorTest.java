package dev.coldstart.phase;

import static dev.coldstart.phase.Intervals.child;
import static dev.coldstart.phase.Intervals.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What attribution says about the situations people ask about; windows are 0 to 100 ns. */
class AttributorTest {
  @Test
  void nothingMeasuredIsUnattributed() {
    Attribution attribution = attribute();

    assertThat(attribution.slices()).containsExactly(unattributed(0, 100));
    assertThat(attribution.unattributedNanos()).isEqualTo(100);
    assertThat(attribution.phases()).isEmpty();
  }

  @Test
  void exampleOfTheJavadoc() {
    Attribution attribution =
        attribute(
            root(1, "tool_registry", 10, 60),
            child(1, 2, "tools/list", 15, 30),
            child(1, 3, "tools/list", 20, 50),
            root(4, "llm_ttft", 55, 90));

    assertThat(attribution.slices())
        .containsExactly(
            unattributed(0, 10),
            new Slice(10, 15, "tool_registry", 1),
            new Slice(15, 20, "tools/list", 2),
            new Slice(20, 50, "tools/list", 3),
            new Slice(50, 55, "tool_registry", 1),
            new Slice(55, 90, "llm_ttft", 4),
            unattributed(90, 100));
    assertThat(attribution.phases())
        .containsExactly(
            phase("llm_ttft", 35, 35, 1),
            phase("tools/list", 35, 35, 2),
            phase("tool_registry", 10, 50, 1));
    assertThat(attribution.clamped()).isZero();
  }

  @Test
  void serialWorkOwnsItsOwnTime() {
    Attribution attribution =
        attribute(
            root(1, "tool_registry", 0, 30),
            root(2, "vector_store_connect", 30, 50),
            root(3, "llm_ttft", 60, 100));

    assertThat(attribution.phases())
        .containsExactly(
            phase("llm_ttft", 40, 40, 1),
            phase("tool_registry", 30, 30, 1),
            phase("vector_store_connect", 20, 20, 1));
    assertThat(attribution.unattributedNanos()).isEqualTo(10);
  }

  @Test
  void slowestOfParallelToolCallsOwnsTheRestIsHidden() {
    List<Interval> intervals = new ArrayList<>();
    intervals.add(root(0, "agent_round", 0, 100));
    for (int id = 1; id <= 299; id++) {
      intervals.add(child(0, id, "tool_call", 10, 20 + id % 30));
    }
    intervals.add(child(0, 300, "slow_tool", 10, 90));

    Attribution attribution = Attributor.attribute(0, 100, intervals);

    assertThat(attribution.slices())
        .containsExactly(
            new Slice(0, 10, "agent_round", 0),
            new Slice(10, 90, "slow_tool", 300),
            new Slice(90, 100, "agent_round", 0));
    assertThat(attribution.phases())
        .containsExactly(
            phase("slow_tool", 80, 80, 1),
            phase("agent_round", 20, 100, 1),
            phase("tool_call", 0, 39, 299));
  }

  @Test
  void whatRanBeforeTheSlowestBeganIsNotHidden() {
    Attribution attribution =
        attribute(root(1, "embedding", 0, 60), root(2, "vector_store_connect", 40, 100));

    assertThat(attribution.phases())
        .containsExactly(phase("vector_store_connect", 60, 60, 1), phase("embedding", 40, 60, 1));
  }

  @Test
  void longBranchIsFollowedToItsDeepestChildAndTheShortOneIsHiddenWithItsChildren() {
    Attribution attribution =
        attribute(
            root(1, "tool_registry", 0, 100),
            child(1, 2, "llm_connect", 10, 90),
            child(2, 3, "tls", 20, 30),
            root(4, "embedding", 0, 50),
            child(4, 5, "load", 0, 50));

    assertThat(attribution.slices()).extracting(Slice::interval).containsExactly(1, 2, 3, 2, 1);
  }

  @Test
  void siblingsThatEndTogetherGoToTheEarlierThenToTheSmallerId() {
    Attribution attribution =
        attribute(root(3, "c", 20, 100), root(2, "b", 10, 100), root(1, "a", 10, 100));

    assertThat(attribution.slices())
        .containsExactly(unattributed(0, 10), new Slice(10, 100, "a", 1));
  }

  @Test
  void samePhaseNestedOrParallelIsCountedButNotAddedTwice() {
    Attribution attribution =
        attribute(
            root(1, "schema_validation", 0, 60),
            child(1, 2, "schema_validation", 10, 50),
            root(3, "schema_validation", 40, 80));

    assertThat(attribution.phases()).containsExactly(phase("schema_validation", 80, 80, 3));
  }

  @Test
  void forkWithoutJoinIsClampedToItsParent() {
    Attribution attribution =
        attribute(root(1, "agent_build", 0, 40), child(1, 2, "tool_registry", 30, 80));

    assertThat(attribution.slices())
        .containsExactly(
            new Slice(0, 30, "agent_build", 1),
            new Slice(30, 40, "tool_registry", 2),
            unattributed(40, 100));
    assertThat(attribution.clamped()).isEqualTo(1);
  }

  @Test
  void forkThatBeginsAfterItsParentEndedOwnsNothingButIsCounted() {
    Attribution attribution =
        attribute(root(1, "agent_build", 0, 40), child(1, 2, "tool_registry", 50, 80));

    assertThat(attribution.phases())
        .containsExactly(phase("agent_build", 40, 40, 1), phase("tool_registry", 0, 0, 1));
    assertThat(attribution.unattributedNanos()).isEqualTo(60);
    assertThat(attribution.clamped()).isEqualTo(1);
  }

  @Test
  void intervalsAreClampedToTheWindowOnceEach() {
    Attribution attribution =
        attribute(root(1, "app_start", -50, 20), child(1, 2, "db_connect", 10, 150));

    assertThat(attribution.slices())
        .containsExactly(
            new Slice(0, 10, "app_start", 1),
            new Slice(10, 20, "db_connect", 2),
            unattributed(20, 100));
    assertThat(attribution.clamped()).isEqualTo(2);
  }

  @Test
  void whatIsOutsideTheWindowDoesNotExist() {
    assertThat(attribute(root(1, "before", -10, 0), root(2, "after", 100, 110)))
        .isEqualTo(attribute());
  }

  @Test
  void intervalsWithoutLengthAreOnlyCounted() {
    Attribution attribution =
        attribute(
            root(1, "instant", 0, 0),
            root(2, "instant", 50, 50),
            root(3, "instant", 60, 20),
            root(4, "instant", 100, 100));

    assertThat(attribution.phases()).containsExactly(phase("instant", 0, 0, 3));
    assertThat(attribution.slices()).containsExactly(unattributed(0, 100));
    assertThat(attribution.clamped()).isZero();
  }

  @Test
  void lostParentsAndCyclesMakeRoots() {
    Attribution attribution =
        attribute(
            child(99, 1, "lost_parent", 0, 10),
            child(2, 2, "own_parent", 10, 20),
            child(4, 3, "cycle", 20, 30),
            child(3, 4, "cycle", 30, 40),
            child(3, 5, "below_cycle", 20, 25));

    assertThat(attribution.slices()).extracting(Slice::interval).containsExactly(1, 2, 5, 3, 4, -1);
  }

  @Test
  void firstOfTheIntervalsWithOneIdIsKept() {
    assertThat(attribute(root(1, "b", 20, 30), root(1, "a", 10, 30)))
        .isEqualTo(attribute(root(1, "a", 10, 30)));
  }

  @Test
  void emptyWindowHasNoSlices() {
    assertThat(Attributor.attribute(5, 5, List.of(root(1, "a", 0, 10), root(2, "b", 5, 5))))
        .isEqualTo(new Attribution(List.of(), List.of(), 0, 0));
  }

  @Test
  void windowThatEndsBeforeItStartsIsRejected() {
    assertThatThrownBy(() -> Attributor.attribute(5, 4, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start 5 ns, end 4 ns");
    assertThatThrownBy(() -> Attributor.attribute(Long.MIN_VALUE, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer");
  }

  private static Attribution attribute(Interval... intervals) {
    return Attributor.attribute(0, 100, List.of(intervals));
  }

  private static Slice unattributed(long start, long end) {
    return new Slice(start, end, "unattributed", -1);
  }

  private static PhaseTime phase(String phase, long exclusive, long total, int count) {
    return new PhaseTime(phase, exclusive, total, total - exclusive, count, false);
  }
}
