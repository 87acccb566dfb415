package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.coldstart.report.Expired;
import dev.coldstart.report.RequestReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times in ms. The cold request begins at 0 and connects; warm ones do not. */
class ExpiriesTest {
  private static final long MS = 1_000_000;

  private final Expiries expiries = new Expiries();
  private long now;

  @Test
  void workThatRanBeforeAndNotInWarmRequestsHasExpired() {
    cold();
    warm(5);
    now = 60_000;

    List<Expired> expired =
        expiries.of(
            request()
                .span("tool_registry", "mcp tools/list", 0, 300)
                .span("vector_store_connect", "chroma connect", 300, 340)
                .build(),
            true);

    assertThat(expired)
        .extracting(Expired::what, Expired::phase, Expired::name, Expired::exclusiveNanos)
        .containsExactly(
            tuple("tool list", "tool_registry", "mcp tools/list", 300 * MS),
            tuple("connection", "vector_store_connect", "chroma connect", 40 * MS));
    assertThat(expired.get(0).idleNanos()).isEqualTo(59_600 * MS);
  }

  @Test
  void workThatNeverRanBeforeIsNewNotExpired() {
    cold();
    warm(5);

    assertThat(
            expiries.of(request().span("schema_validation", "schema: load", 0, 300).build(), true))
        .isEmpty();
  }

  @Test
  void whatWarmRequestsDoAsWellHasOnlyBeenKeptWaiting() {
    cold();
    for (int i = 0; i < 5; i++) {
      expiries.learn(request().span("tool_registry", "mcp tools/list", 0, 30).build(), true);
    }
    now = 10_300;
    assertThat(expiries.of(slow(600), false)).isEmpty();
    now = 10_500;
    assertThat(expiries.of(slow(80), false)).isEmpty();
    assertThat(expiries.of(slow(95), false)).hasSize(1);
  }

  @Test
  void aLookUpOfAllRequestsThatFetchedAgainIsTold() {
    now = -60_000;
    cold();
    now = 0;
    for (int i = 0; i < 5; i++) {
      expiries.learn(request().span("tool_registry", "tools", 0, 1).build(), true);
    }
    now = 100;

    Requests fetched =
        request()
            .span("tool_registry", "tools", 0, 400)
            .child("tool_registry", "mcp tools/list", 0, 399);
    assertThat(expiries.of(fetched.build(), false))
        .extracting(Expired::name, Expired::idleNanos)
        .containsExactly(tuple("mcp tools/list", 59_700 * MS));
  }

  @Test
  void oddWorkOfOneWarmRequestIsNotUsual() {
    cold();
    warm(5);
    expiries.learn(slow(1), true);
    assertThat(expiries.of(slow(300), false)).hasSize(1);
  }

  @Test
  void withoutAQuietTimeAPauseIsNotEnough() {
    cold();
    warm(5);
    assertThat(expiries.of(slow(15), false)).isEmpty();
    assertThat(expiries.of(slow(15), true)).hasSize(1);
  }

  @Test
  void withoutWarmRequestsOnlyAQuietTimeTells() {
    cold();
    warm(2);
    assertThat(expiries.of(slow(300), false)).isEmpty();
    assertThat(expiries.of(slow(300), true)).hasSize(1);
  }

  @Test
  void aCallThatHadToConnectAndTookLongHasLostItsConnection() {
    cold();
    for (int i = 0; i < 5; i++) {
      expiries.learn(request().span("vector_store_query", "chroma query", 0, 9).build(), true);
    }
    Requests quick = request().span("vector_store_query", "chroma query", 0, 20);
    assertThat(expiries.of(quick.note("connection", "new").build(), false)).isEmpty();
    Requests slow = request().span("vector_store_query", "chroma query", 0, 600);
    assertThat(expiries.of(slow.build(), false)).isEmpty();
    assertThat(expiries.of(slow.note("connection", "new").build(), false))
        .extracting(Expired::what, Expired::phase)
        .containsExactly(tuple("connection", "vector_store_query"));
  }

  @Test
  void aPromptCacheThatMissedAfterAHitHasExpired() {
    assertThat(expiries.of(request().call("expired", 0, 900).build(), false))
        .containsExactly(
            new Expired("prompt cache", "llm_ttft", "gpt-4o-mini", 900 * MS, 400_000 * MS));
    assertThat(expiries.of(request().call("miss", 0, 900).build(), false)).isEmpty();
  }

  @Test
  void whatRanBeforeTheFirstRequestHasRunBefore() {
    expiries.learn(request().span("db_connect", "hikari pool", 0, 100).build().spans(), 0);

    assertThat(expiries.of(request().span("db_connect", "hikari pool", 0, 90).build(), true))
        .extracting(Expired::what)
        .containsExactly("connection");
  }

  @Test
  void anotherServersToolsAreOtherTools() {
    expiries.learn(
        request().span("tool_registry", "tools", 0, 90).note("server", "a").build(), false);

    Requests other = request().span("tool_registry", "tools", 0, 90).note("server", "b");
    assertThat(expiries.of(other.build(), true)).isEmpty();
    Requests same = request().span("tool_registry", "tools", 0, 90).note("server", "a");
    assertThat(expiries.of(same.build(), true)).hasSize(1);
  }

  private void cold() {
    expiries.learn(
        request()
            .span("tool_registry", "mcp tools/list", 0, 400)
            .span("vector_store_connect", "chroma connect", 400, 500)
            .build(),
        false);
  }

  private void warm(int count) {
    for (int i = 0; i < count; i++) {
      expiries.learn(request().span("llm_ttft", "model: first token", 0, 50).build(), true);
    }
  }

  private RequestReport slow(long millis) {
    return request().span("tool_registry", "mcp tools/list", 0, millis).build();
  }

  private Requests request() {
    return new Requests(now * MS);
  }
}
