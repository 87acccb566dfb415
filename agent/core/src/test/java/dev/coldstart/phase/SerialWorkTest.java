package dev.coldstart.phase;

import static dev.coldstart.phase.Intervals.child;
import static dev.coldstart.phase.Intervals.root;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SerialWorkTest {
  private static final long MS = 1_000_000;

  @Test
  void threeToolServersOneAfterTheOther() {
    assertThat(
            find(
                ms(root(0, "tool_registry", 10, 110)),
                ms(child(0, 1, "tool_registry", 10, 40)),
                ms(child(0, 2, "tool_registry", 40, 90)),
                ms(child(0, 3, "tool_registry", 95, 110))))
        .containsExactly(new SerialWork("tool_registry", 3, 95 * MS, 45 * MS));
  }

  @Test
  void countsWhatRanInsideAndNotWhatWasHidden() {
    assertThat(
            find(
                ms(root(0, "tool_registry", 0, 40)),
                ms(child(0, 1, "schema_validation", 10, 30)),
                ms(root(2, "tool_registry", 50, 80)),
                ms(root(3, "embedding", 60, 90))))
        .containsExactly(new SerialWork("tool_registry", 2, 50 * MS, 10 * MS));
  }

  @Test
  void piecesSideBySideAreNone() {
    assertThat(
            find(
                ms(root(0, "tool_registry", 0, 40)),
                ms(root(1, "tool_registry", 10, 50)),
                ms(root(2, "tool_registry", 60, 90)),
                ms(root(3, "tool_registry", 65, 70))))
        .isEmpty();
  }

  @Test
  void shortPiecesAreNone() {
    List<Interval> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(root(i, "schema_validation", i * MS, i * MS + MS - 1));
    }
    assertThat(find(many.toArray(Interval[]::new))).isEmpty();
  }

  @Test
  void roundsOfAModelPartThemAndAreNone() {
    assertThat(
            find(
                ms(root(0, "tool_call", 0, 10)),
                ms(root(1, "tool_call", 10, 20)),
                ms(root(2, "llm_ttft", 20, 50)),
                ms(root(3, "tool_call", 50, 60)),
                ms(root(4, "llm_ttft", 60, 90))))
        .containsExactly(new SerialWork("tool_call", 2, 20 * MS, 10 * MS));
  }

  @Test
  void largestSavingFirst() {
    assertThat(
            find(
                ms(root(0, "tool_call", 0, 10)),
                ms(root(1, "tool_call", 10, 20)),
                ms(root(2, "embedding", 20, 40)),
                ms(root(3, "embedding", 40, 60))))
        .extracting(SerialWork::phase)
        .containsExactly("embedding", "tool_call");
  }

  @Test
  void whatIsDoneWithOneServerIsOnePiece() {
    assertThat(
            find(
                ms(root(0, "tool_registry", 0, 5)),
                of("a", 1, 5, 35),
                of("a", 2, 35, 45),
                ms(root(3, "tool_registry", 45, 50)),
                of("b", 4, 50, 70),
                of("b", 5, 72, 80),
                ms(root(6, "tool_registry", 80, 99))))
        .containsExactly(new SerialWork("tool_registry", 2, 78 * MS, 33 * MS));
  }

  @Test
  void serversInAnyOrderAndStepsThatOverlapAreStillOnePieceEach() {
    assertThat(
            find(
                of("a", 0, 0, 30),
                of("b", 1, 30, 50),
                ms(root(2, "tool_registry", 50, 58)),
                of("a", 3, 52, 60),
                of("b", 4, 60, 90)))
        .containsExactly(new SerialWork("tool_registry", 2, 90 * MS, 40 * MS));
  }

  @Test
  void oneServerAloneIsNone() {
    assertThat(
            find(
                ms(root(0, "tool_registry", 0, 20)),
                of("a", 1, 20, 40),
                of("a", 2, 40, 60),
                ms(root(3, "tool_registry", 60, 70))))
        .isEmpty();
  }

  /** A step with a named server, in ms. */
  private static Interval of(String server, int id, long start, long end) {
    Interval i = ms(root(id, "tool_registry", start, end));
    return new Interval(
        id,
        -1,
        i.phase(),
        i.name(),
        i.startNanos(),
        i.endNanos(),
        id,
        "",
        false,
        false,
        false,
        Map.of("server", server));
  }

  private static List<SerialWork> find(Interval... intervals) {
    List<Interval> all = List.of(intervals);
    return SerialWork.of(all, Attributor.attribute(0, 200 * MS, all));
  }

  private static Interval ms(Interval i) {
    return child(i.parent(), i.id(), i.phase(), i.startNanos() * MS, i.endNanos() * MS);
  }
}
