package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Pooled;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.phase.Connect;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a request waits for that finds a pool with room for one taken by another request. */
final class PoolCheck {
  private static final String WAIT = Connect.POOL_WAIT.span();
  private static final long TOLERANCE_NANOS = 10_000_000;
  private static final int TOLERANCE_PART = 20;
  private static final int TIMES = 3;

  private PoolCheck() {}

  /**
   * Plays an app of {@link Pooled}.
   *
   * @param phase what the wait counts for
   */
  static RunReport check(String set, String app, String phase, Path folder, String... args)
      throws Exception {
    RunReport report;
    List<Long> waited = new ArrayList<>();
    try (ForkedApp fork =
        Libs.run(Jdks.any(), set, app, folder, args)
            .options("probes=" + probes(folder))
            .start(dev.coldstart.it.app.Scenes.class)) {
      play(fork, "/free");
      play(fork, "/free");
      for (int i = 0; i < TIMES; i++) {
        CompletableFuture<String> holding =
            CompletableFuture.supplyAsync(() -> play(fork, "/hold"));
        waited.add(Long.parseLong(play(fork, "/want")));
        holding.join();
      }
      report = Libs.end(fork, 2 + 2 * TIMES);
    }
    for (RequestReport request : report.requests()) {
      assertThat(request.spans()).noneMatch(s -> s.open() || s.failed() || s.inferred());
      if (!request.route().equals("/want")) {
        assertThat(Calls.spans(request, WAIT)).as(request.route() + " waits for nobody").isEmpty();
      }
    }
    found(Calls.of(report, "/want"), phase, waited);
    return report;
  }

  /**
   * Each wait is found. A busy machine may be late to ask, and to wake who waits, but not always:
   * one of them is as long as it was.
   */
  private static void found(List<RequestReport> waiting, String phase, List<Long> waited) {
    boolean close = false;
    for (int i = 0; i < TIMES; i++) {
      Span wait = Calls.one(waiting.get(i), WAIT);
      assertThat(wait.phase()).isEqualTo(phase);
      assertThat(wait.exclusiveNanos()).isGreaterThan(waited.get(i) / 2);
      long off = Math.abs(wait.endNanos() - wait.startNanos() - waited.get(i));
      close |= off < Math.max(TOLERANCE_NANOS, waited.get(i) / TOLERANCE_PART);
    }
    assertThat(close).as(waiting + " waited " + waited).isTrue();
  }

  private static String play(ForkedApp app, String path) {
    var response = app.http().get(path);
    assertThat(response.status()).as(path).isEqualTo("HTTP/1.1 200 OK");
    return response.body();
  }

  private static Path probes(Path folder) throws IOException {
    return Files.write(
        folder.resolve("probes"),
        List.of(Pooled.class.getName() + "#ask " + Visiting.PHASE + " ask"));
  }
}
