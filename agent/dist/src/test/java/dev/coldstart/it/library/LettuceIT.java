package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector sets of a real Redis 8, by Lettuce. */
class LettuceIT {
  private static final String TIMEOUT = "io.lettuce.core.RedisCommandTimeoutException";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"lettuce", "lettuce2"})
  void timesVectorSets(String set) throws Exception {
    Backend redis = Backend.of("redis");
    String password = redis.get("password");
    try (ForkedApp app = Libs.start(set, "LettuceApp", folder, "" + redis.port(), password)) {
      List<StoreCheck> checks = new ArrayList<>();
      for (String way : List.of("/sync", "/async", "/reactive", "/named")) {
        checks.add(
            StoreCheck.of("lettuce")
                .at(way)
                .createsNothing()
                .firstHas(
                    "lettuce client",
                    "lettuce connect",
                    "lettuce connection",
                    "tcp",
                    "auth",
                    "lettuce search")
                .hides("handbook", "not-there-yet", password, ":" + redis.port(), "Hello"));
      }
      RunReport report = StoreCheck.verify(app, checks);
      for (RequestReport request : report.requests()) {
        assertThat(Calls.spans(request, "lettuce search")).as(request.route()).hasSize(1);
        int added = request.route().endsWith("/new") ? 1 : 0;
        assertThat(Calls.spans(request, "lettuce add")).as(request.route()).hasSize(added);
      }
    }
  }

  /** The query engine is a stand-in, in front of the real Redis. */
  @Test
  void timesTheQueryEngine() throws Exception {
    Backend redis = Backend.of("redis");
    String password = redis.get("password");
    try (QueryEngineStandIn engine = new QueryEngineStandIn(redis.port());
        ForkedApp app =
            Libs.start("lettuce2", "LettuceSearchApp", folder, "" + engine.port(), password)) {
      List<StoreCheck> checks = new ArrayList<>();
      for (String way : List.of("/sync", "/async", "/reactive")) {
        checks.add(
            StoreCheck.of("lettuce")
                .at(way)
                .server(engine::take)
                .firstHas("lettuce index", "lettuce connect", "auth", "lettuce search")
                .hides("handbook", "not-there-yet", password, ":" + engine.port(), "KNN"));
      }
      for (RequestReport request : StoreCheck.verify(app, checks).requests()) {
        assertThat(Calls.spans(request, "lettuce search")).as(request.route()).hasSize(1);
      }
    }
  }

  @Test
  void tellsTlsAndFailures() throws Exception {
    RunReport report = RedisVisits.verify("lettuce2", "LettuceVisits", "lettuce connect", folder);
    RequestReport plain = Visiting.request(report, "database");
    assertThat(Calls.one(plain, "lettuce connect").phase()).isEqualTo("db_connect");
    assertThat(Calls.one(plain, "auth").phase()).isEqualTo("db_connect");
    assertThat(plain.spans()).extracting(Span::phase).noneMatch(p -> p.startsWith("vector_store"));
    Span stale = Calls.one(Visiting.request(report, "stale"), "lettuce search");
    assertThat(stale.notes()).containsEntry("error", TIMEOUT);
  }
}
