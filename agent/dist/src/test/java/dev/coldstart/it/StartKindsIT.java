package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.KindsApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.Expired;
import dev.coldstart.report.OtherEntry;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import dev.coldstart.report.WaitedFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which request is the cold one, who waited for it, and what makes a warm process cold again. */
class StartKindsIT {
  private static final String AGENT = "dev.coldstart.it.app.KindsApp$Agent";
  private static final String LOAD = "load tools";
  private static final long LOAD_NANOS = TimeUnit.MILLISECONDS.toNanos(KindsApp.LOAD_MILLIS);
  private static final long QUIET_MILLIS = 300;

  /** What a busy machine adds to a sleep. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void oneWorksAndTheOthersWait(Jdk jdk) throws IOException {
    int together = 4;
    try (ForkedApp app = start(jdk, together)) {
      RawHttp http = app.http();
      List<RawHttp.Connection> visitors = new ArrayList<>();
      for (int i = 0; i < together; i++) {
        visitors.add(http.connect());
        visitors.get(i).send("/ask");
      }
      for (RawHttp.Connection visitor : visitors) {
        assertThat(visitor.read().body()).isEqualTo("answer");
        visitor.close();
      }
      app.awaitRequests(together);
      app.stop();
      RunReport report = app.report();

      assertThat(report.requests())
          .extracting(RequestReport::kind)
          .containsExactlyInAnyOrder("cold", "waited", "waited", "waited");
      RequestReport cold = one(report, "cold");
      Span load = load(cold);
      assertThat(cold.waitedFor()).isEmpty();
      for (RequestReport request : report.requests()) {
        if (request.id() != cold.id()) {
          assertThat(request.waitedFor()).hasSize(1);
          WaitedFor waited = request.waitedFor().get(0);
          assertThat(waited.phase()).isEqualTo("tool_registry");
          assertThat(waited.name()).isEqualTo(LOAD);
          assertThat(waited.thread()).isEqualTo(load.thread()).startsWith("server-");
          assertThat(waited.request()).isEqualTo(cold.id());
          // The lock was wanted before the work began: all of it was waited for, and no more.
          assertThat(waited.waitedNanos())
              .isBetween(LOAD_NANOS - 1_000_000, load.endNanos() - load.startNanos());
          assertThat(request.exclusiveNanos("tool_registry")).isZero();
          assertThat(request.unattributedNanos()).isGreaterThanOrEqualTo(waited.waitedNanos());
        }
      }
      assertThat(report.warm()).isNull();
      Sums.check(report);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void probesComeBeforeTheColdOneAndWhatExpiredIsNamed(Jdk jdk) throws Exception {
    int warm = 5;
    try (ForkedApp app = start(jdk, 1)) {
      RawHttp http = app.http();
      http.get("/health");
      http.get("/logo.svg");
      http.get("/health");
      for (int i = 0; i <= warm; i++) {
        http.get("/ask");
        // A client can be faster than the server's end of a request.
        app.awaitRequests(i + 1);
      }
      http.get("/expire");
      TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
      http.get("/ask");
      app.awaitRequests(warm + 2);
      app.stop();
      RunReport report = app.report();

      assertThat(report.requests()).extracting(RequestReport::route).containsOnly("/ask");
      assertThat(report.requests())
          .extracting(RequestReport::kind)
          .containsExactly("cold", "warm", "warm", "warm", "warm", "warm", "recold");
      assertThat(report.others())
          .extracting(OtherEntry::route)
          .containsExactlyInAnyOrder("/health", "/logo.svg", "/expire");
      assertThat(report.others().get(0).route()).isEqualTo("/health");
      assertThat(report.others().get(0).count()).isEqualTo(2);
      assertThat(report.warm().count()).isEqualTo(warm);
      assertThat(report.warm().wall().maxNanos()).isLessThan(LOAD_NANOS);

      RequestReport cold = report.requests().get(0);
      assertThat(cold.idleNanos()).isNull();
      load(cold);
      RequestReport again = report.requests().get(warm + 1);
      load(again);
      long quiet = TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
      assertThat(again.idleNanos()).isBetween(quiet, quiet + 2 * LATE_NANOS);
      assertThat(again.expired()).hasSize(1);
      Expired expired = again.expired().get(0);
      assertThat(expired.what()).isEqualTo("tool list");
      assertThat(expired.phase()).isEqualTo("tool_registry");
      assertThat(expired.name()).isEqualTo(LOAD);
      assertThat(expired.exclusiveNanos()).isEqualTo(again.exclusiveNanos("tool_registry"));
      // It was used last by the cold request, long before the last request at all.
      assertThat(expired.idleNanos()).isGreaterThan(again.idleNanos());
      Sums.check(report);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void firstRequestThatFailsKeepsTheTitle(Jdk jdk) throws IOException {
    try (ForkedApp app = start(jdk, 1)) {
      RawHttp http = app.http();
      assertThat(http.get("/fails").status()).isEmpty();
      app.awaitRequests(1);
      http.get("/ask");
      app.awaitRequests(2);
      app.stop();
      RunReport report = app.report();

      assertThat(report.requests())
          .extracting(RequestReport::route)
          .containsExactly("/fails", "/ask");
      assertThat(report.requests()).extracting(RequestReport::kind).containsExactly("cold", "warm");
      assertThat(report.requests()).extracting(RequestReport::failed).containsExactly(true, false);
      load(report.requests().get(0));
      assertThat(report.warm().count()).isEqualTo(1);
      Sums.check(report);
    }
  }

  private ForkedApp start(Jdk jdk, int together) throws IOException {
    Path probes = folder.resolve("probes");
    Files.write(
        probes, List.of(AGENT + "#load tool_registry " + LOAD, AGENT + "#tool tool_call a tool"));
    return AgentRun.on(jdk, folder)
        .options("summary=off,probes=" + probes)
        .classPath(Fakes.compile("hikari", folder))
        .args("" + together)
        .start(KindsApp.class);
  }

  private static RequestReport one(RunReport report, String kind) {
    return report.requests().stream().filter(r -> r.kind().equals(kind)).findFirst().orElseThrow();
  }

  /** The one time the tools were loaded in a request, which took what it takes. */
  private static Span load(RequestReport request) {
    Span load =
        request.spans().stream().filter(s -> s.name().equals(LOAD)).findFirst().orElseThrow();
    assertThat(request.exclusiveNanos("tool_registry"))
        .isEqualTo(load.endNanos() - load.startNanos())
        .isBetween(LOAD_NANOS - 1_000_000, LOAD_NANOS + LATE_NANOS);
    return load;
  }
}
