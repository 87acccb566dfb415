package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.WaitedFor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times in ms. */
class StartKindsTest {
  private static final long MS = 1_000_000;
  private static final Trace[] NONE = {};

  private final StartKinds kinds =
      new StartKinds(FirstRequests.cold(), 60_000 * MS, new Restores(() -> -1, () -> 0));

  @Test
  void theFirstOneIsColdAndTheNextWarm() {
    assertThat(kind(request(1, 0).span("tool_registry", "mcp connect", 0, 900))).isEqualTo("cold");
    assertThat(kinds.canDecide(NONE)).isTrue();
    assertThat(kinds.decide(List.of())).extracting(RequestReport::kind).containsExactly("cold");
    assertThat(kinds.canDecide(NONE)).isFalse();
    assertThat(kind(request(2, 1_000).call("hit", 0, 50))).isEqualTo("warm");
  }

  @Test
  void oneOfSeveralFirstOnesDoesTheWorkAndTheOthersWait() {
    // The worker ends last.
    kind(request(1, 5).call("miss", 510, 890).wall(900));
    kind(request(2, 7).call("miss", 520, 920).wall(930));
    kind(request(3, 0).span("tool_registry", "mcp connect", 20, 500).call("miss", 520, 990));

    List<RequestReport> decided = kinds.decide(List.of());

    assertThat(decided).extracting(RequestReport::kind).containsExactly("waited", "waited", "cold");
    assertThat(decided.get(0).waitedFor())
        .singleElement()
        .isEqualTo(new WaitedFor("tool_registry", "mcp connect", "thread-3", 3, 480 * MS));
    assertThat(decided.get(2).waitedFor()).isEmpty();
  }

  @Test
  void allThatWorkThemselvesAreCold() {
    kind(request(1, 0).span("tool_registry", "mcp connect", 20, 500));
    kind(request(2, 3).span("tool_registry", "mcp connect", 10, 480));
    assertThat(kinds.decide(List.of())).extracting(RequestReport::kind).containsOnly("cold");
  }

  @Test
  void whatBeganBeforeTheFirstWasDoneIsFirstTooThoughItEndsLate() {
    kind(request(1, 0));
    assertThat(kind(request(2, 999))).isEqualTo("cold");
    assertThat(kind(request(3, 1_000))).isEqualTo("warm");
  }

  @Test
  void nothingIsFirstWhereTheAgentCameLate() {
    StartKinds late =
        new StartKinds(FirstRequests.none(), 60_000 * MS, new Restores(() -> -1, () -> 0));
    assertThat(late.of(request(1, 0).reading(), NONE).kind()).isEqualTo("warm");
    assertThat(late.canDecide(NONE)).isFalse();
  }

  @Test
  void quietTimeIsCountedFromTheLastEnd() {
    assertThat(kinds.of(request(1, 0).reading(), NONE).idleNanos()).isNull();
    assertThat(kinds.of(request(2, 3_000).reading(), NONE).idleNanos()).isEqualTo(2_000 * MS);
    RequestReport late = kinds.of(request(3, 64_000).reading(), NONE);
    assertThat(late.idleNanos()).isEqualTo(60_000 * MS);
    assertThat(kinds.isAfterQuiet(late)).isTrue();
    // Began while the one before was still running.
    assertThat(kinds.of(request(4, 64_500).reading(), NONE).idleNanos()).isNull();
  }

  @Test
  void aRequestInWhichThingsExpiredIsRecoldAndTellsNothingOfWhatIsWarm() {
    kind(request(1, 0).span("tool_registry", "mcp connect", 0, 900));
    for (int i = 2; i < 8; i++) {
      kind(request(i, i * 1_000L));
    }
    for (int i = 8; i < 12; i++) {
      Requests again = request(i, i * 1_000L).span("tool_registry", "mcp connect", 0, 300);
      assertThat(kind(again)).isEqualTo("recold");
    }
  }

  @Test
  void theFirstAfterARestoreIsRestored() {
    long[] uptimeMillis = {-1};
    long[] nowMillis = {0};
    Restores restores = new Restores(() -> uptimeMillis[0], () -> nowMillis[0] * MS);
    assertThat(restores.restoredBefore(0)).isFalse();
    nowMillis[0] = 10_000;
    uptimeMillis[0] = 2_000;
    assertThat(restores.restoredBefore(7_000 * MS)).as("began before the restore").isFalse();
    assertThat(restores.restoredBefore(9_000 * MS)).isTrue();
    nowMillis[0] = 20_000;
    uptimeMillis[0] = 11_999;
    assertThat(restores.restoredBefore(19_000 * MS)).as("the same restore").isFalse();
    uptimeMillis[0] = 1_000;
    assertThat(restores.restoredBefore(19_500 * MS)).as("another one").isTrue();

    kind(request(1, 0));
    kinds.decide(List.of());
    kinds.startAgain();
    assertThat(kind(request(2, 9_000))).isEqualTo("restored");
    assertThat(kinds.decide(List.of())).extracting(RequestReport::kind).containsExactly("restored");
    assertThat(kind(request(3, 11_000))).isEqualTo("warm");
  }

  private String kind(Requests request) {
    return kinds.of(request.reading(), NONE).kind();
  }

  private static Requests request(int id, long startMillis) {
    return new Requests(startMillis * MS).id(id);
  }
}
