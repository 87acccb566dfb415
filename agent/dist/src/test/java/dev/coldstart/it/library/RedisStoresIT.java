package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Redis stores of both frameworks: they connect to a real Redis, whose query engine is a
 * stand-in.
 */
class RedisStoresIT {
  @TempDir private Path folder;

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    created(play("redis2", "RedisLangChain4jApp"));
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    RequestReport fresh = play("redis", "RedisSpringApp");
    created(fresh);
    // It asks the model for its dimensions: nobody called it for that.
    int connect = Calls.one(fresh, "redis connect").id();
    assertThat(fresh.spans())
        .filteredOn(span -> span.phase().equals("embedding"))
        .filteredOn(span -> span.parent() != null && span.parent() == connect)
        .hasSize(1);
  }

  private RequestReport play(String set, String app) throws Exception {
    Backend redis = Backend.of("redis");
    String password = redis.get("password");
    try (QueryEngineStandIn engine = new QueryEngineStandIn(redis.port());
        ForkedApp fork = Libs.start(set, app, folder, "" + engine.port(), password)) {
      return StoreCheck.of("redis")
          .server(engine::take)
          .firstHas("redis connect", "jedis index", "jedis connection", "tcp", "auth")
          .firstHas("redis search", "jedis search")
          .hides("handbook", "not_there_yet", password, ":" + engine.port(), "Hello")
          .verify(fork)
          .requests()
          .get(0);
    }
  }

  private static void created(RequestReport fresh) {
    for (String once : new String[] {"jedis create index", "redis add", "redis search"}) {
      assertThat(Calls.spans(fresh, once)).as(once).hasSize(1);
    }
    assertThat(Calls.one(fresh, "jedis connection").phase()).isEqualTo("vector_store_connect");
  }
}
