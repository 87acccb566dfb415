package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.coldstart.phase.Attribution;
import dev.coldstart.phase.Attributor;
import dev.coldstart.phase.Interval;
import dev.coldstart.report.WaitedFor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Times in ms. A request waits from 0 on; another one does the work. */
class WaitsTest {
  private static final long MS = 1_000_000;

  private final List<Interval> own = new ArrayList<>();
  private final List<Interval> others = new ArrayList<>();
  private final Set<Integer> foreign = new TreeSet<>();
  private long end = 1_000;

  @Test
  void namesEachPieceDoneUnderTheLock() {
    work(0, -1, "tool_registry", "mcp connect", 50, 400);
    work(1, 0, "tool_registry", "mcp tools/list", 100, 390);
    work(2, -1, "vector_store_connect", "chroma connect", 410, 600);
    own(0, -1, "llm_ttft", "model: first token", 620, 990);

    Waits waits = find();

    assertThat(waits.entries())
        .extracting(WaitedFor::phase, WaitedFor::name, WaitedFor::request, WaitedFor::waitedNanos)
        .containsExactly(
            tuple("tool_registry", "mcp connect", 7, 350 * MS),
            tuple("vector_store_connect", "chroma connect", 7, 190 * MS));
    assertThat(waits.entries()).extracting(WaitedFor::thread).containsOnly("worker");
    assertThat(waits.waitedNanos()).isEqualTo(620 * MS);
    assertThat(waits.ownNanos()).isZero();
  }

  @Test
  void aRequestThatGoesOnBeforeTheWorkIsDoneDidNotWaitForIt() {
    work(0, -1, "tool_registry", "mcp connect", 50, 800);
    own(0, -1, "llm_ttft", "model: first token", 300, 990);

    assertThat(find().entries()).isEmpty();
  }

  @Test
  void aRequestThatIsBusyLongAfterTheWorkDidNotWaitForIt() {
    work(0, -1, "tool_registry", "mcp connect", 0, 100);
    own(0, -1, "llm_ttft", "model: first token", 600, 990);

    assertThat(find().entries()).isEmpty();
  }

  @Test
  void whatItDidItselfIsNoWaiting() {
    work(0, -1, "tool_registry", "mcp tools/list", 0, 500);
    own(0, -1, "tool_registry", "mcp tools/list", 0, 510);

    Waits waits = find();

    assertThat(waits.entries()).isEmpty();
    assertThat(waits.ownNanos()).isEqualTo(510 * MS);
  }

  @Test
  void anIntervalAroundTheLockIsNoWorkOfItsOwn() {
    work(0, -1, "tool_registry", "mcp tools", 0, 510);
    work(1, 0, "tool_registry", "mcp tools/list", 5, 500);
    own(0, -1, "tool_registry", "mcp tools", 1, 512);
    own(1, -1, "llm_ttft", "model: first token", 520, 1000);

    Waits waits = find();

    assertThat(waits.entries())
        .extracting(WaitedFor::name, WaitedFor::waitedNanos)
        .containsExactly(tuple("mcp tools/list", 495 * MS));
    assertThat(waits.ownNanos()).isZero();
  }

  @Test
  void whoeverOnlyStandsBeforeTheLockTooIsNotWaitedFor() {
    work(0, -1, "tool_registry", "mcp tools", 0, 510);
    own(0, -1, "tool_registry", "mcp tools", 1, 512);
    Waits.Source worker =
        new Waits.Source(
            8,
            List.of(
                interval(0, -1, "tool_registry", "mcp tools", 0, 510),
                interval(1, 0, "tool_registry", "mcp tools/list", 5, 500)));

    assertThat(find(new Waits.Source(7, others), worker).entries())
        .extracting(WaitedFor::request)
        .containsExactly(8);
  }

  @Test
  void aToolCallMayWaitButNotAModelCall() {
    work(0, -1, "schema_validation", "schema: load", 200, 400);
    own(0, -1, "tool_call", "tool call", 150, 410);
    assertThat(find().waitedNanos()).isEqualTo(260 * MS);

    own.clear();
    own(0, -1, "llm_ttft", "model: first token", 0, 405);
    assertThat(find().entries()).isEmpty();
  }

  @Test
  void workOfAThreadOfNobodyCountsAsWaitingThoughItIsInTheRequest() {
    own(0, -1, "tool_registry", "mcp connect", 0, 500);
    own(1, -1, "llm_ttft", "model: first token", 505, 1000);
    foreign.add(0);
    others.add(own.get(0));

    Waits waits = find();

    assertThat(waits.entries()).extracting(WaitedFor::name).containsExactly("mcp connect");
    assertThat(waits.ownNanos()).isZero();
  }

  @Test
  void aRequestThatNeverWentOnWaitedToTheEnd() {
    work(0, -1, "tool_registry", "mcp connect", 0, 300);
    end = 310;

    assertThat(find().waitedNanos()).isEqualTo(310 * MS);
  }

  @Test
  void aRequestThatFailedMeanwhileWaitedForWorkThatWentOn() {
    work(0, -1, "tool_registry", "mcp connect", 0, 900);
    end = 300;

    assertThat(find().waitedNanos()).isEqualTo(300 * MS);
  }

  @Test
  void shortStretchesAndEmbeddingCallsSayNothing() {
    work(0, -1, "tool_registry", "mcp connect", 0, 9);
    work(1, -1, "embedding", "embedding call", 500, 900);
    own(0, -1, "llm_ttft", "model: first token", 9, 400);
    own(1, -1, "llm_ttft", "model: first token", 900, 1000);

    assertThat(find().entries()).isEmpty();
  }

  private Waits find() {
    return find(new Waits.Source(7, others));
  }

  private Waits find(Waits.Source... sources) {
    Attribution attribution = Attributor.attribute(0, end * MS, own);
    return new Waits(end * MS, own, foreign, attribution.slices(), List.of(sources));
  }

  private void own(int id, int parent, String phase, String name, long from, long to) {
    own.add(interval(id, parent, phase, name, from, to));
  }

  private void work(int id, int parent, String phase, String name, long from, long to) {
    others.add(interval(id, parent, phase, name, from, to));
  }

  private static Interval interval(
      int id, int parent, String phase, String name, long from, long to) {
    return new Interval(
        id, parent, phase, name, from * MS, to * MS, 5, "worker", false, false, false, Map.of());
  }
}
