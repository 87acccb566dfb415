package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector sets of a real Redis 8, by Jedis. */
class JedisIT {
  private static final String FAILED = "redis.clients.jedis.exceptions.JedisConnectionException";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jedis", "jedis2", "jedis3"})
  void timesVectorSets(String set) throws Exception {
    Backend redis = Backend.of("redis");
    String password = redis.get("password");
    try (ForkedApp app = Libs.start(set, "JedisApp", folder, "" + redis.port(), password)) {
      RequestReport fresh =
          StoreCheck.of("jedis")
              .createsNothing()
              .firstHas("jedis connection", "jedis connect", "tcp", "auth", "jedis search")
              .hides("handbook", "not_there_yet", password, ":" + redis.port(), "Hello")
              .verify(app)
              .requests()
              .get(0);
      assertThat(Calls.spans(fresh, "jedis add")).hasSize(1);
      // Though deleting came first: the same request searched.
      assertThat(Calls.one(fresh, "jedis connect").phase()).isEqualTo("vector_store_connect");
    }
  }

  @Test
  void tellsTlsAndFailures() throws Exception {
    RunReport report = RedisVisits.verify("jedis3", "JedisVisits", "jedis connection", folder);
    RequestReport plain = Visiting.request(report, "database");
    assertThat(Calls.one(plain, "jedis connection").phase()).isEqualTo("db_connect");
    assertThat(plain.spans()).extracting(Span::phase).noneMatch(p -> p.startsWith("vector_store"));
    Span stale = Calls.one(Visiting.request(report, "stale"), "jedis search");
    assertThat(stale.notes()).containsEntry("error", FAILED);
  }
}
