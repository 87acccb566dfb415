package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector sets of a real Redis 8, by Jedis. */
class JedisIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jedis", "jedis2"})
  void timesVectorSets(String set) throws Exception {
    Backend redis = Backend.of("redis");
    String password = redis.get("password");
    try (ForkedApp app = Libs.start(set, "JedisApp", folder, "" + redis.port(), password)) {
      RequestReport fresh =
          StoreCheck.of("jedis")
              .createsNothing()
              .firstHas("jedis connect", "tcp", "auth", "jedis search")
              .hides("handbook", "not_there_yet", password, ":" + redis.port(), "Hello")
              .verify(app)
              .requests()
              .get(0);
      assertThat(Calls.spans(fresh, "jedis add")).hasSize(1);
      // Deleting came first: a database, as far as that goes.
      assertThat(Calls.one(fresh, "jedis connect").phase()).isEqualTo("db_connect");
    }
  }
}
