package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Channels over Netty, over the copy of Netty inside gRPC and over that of OkHttp, to a server that
 * is slow to agree.
 */
class GrpcClientIT {
  private static final String APP = "dev.coldstart.it.app.GrpcVisits";
  private static final long MILLIS = 400;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "grpc2", "grpc3"})
  void tellsWhenAChannelIsReady(String set) throws Exception {
    // There is no server of OkHttp without TLS.
    String serving = set.equals("grpc3") ? "grpc2" : set;
    try (ForkedApp server = run(serving, "server").withoutAgent().start(Scenes.class)) {
      server.port();
      try (DelayingProxy proxy = new DelayingProxy(Integer.parseInt(server.line("grpc=")));
          Socket refusing = DelayingProxy.refusing();
          ForkedApp app =
              run(set, "client")
                  .options("warm=1000,summary=off,probes=" + Visiting.probes(folder))
                  .args(
                      "first=grpc://127.0.0.1:" + proxy.slowTurn(1, MILLIS).port(),
                      "again=grpc://127.0.0.1:" + proxy.port(),
                      "refused=grpc://127.0.0.1:" + refusing.getLocalPort())
                  .start(Scenes.class)) {
        assertThat(app.http().get("/first").body()).isEqualTo("visited");
        assertThat(app.http().get("/again").body()).isEqualTo("visited");
        assertThat(app.http().get("/refused").body()).contains("StatusRuntimeException");
        RunReport report = Libs.end(app, 3);
        String below = set.equals("grpc3") ? "jdk-network" : "netty";
        assertThat(report.agent().libraries()).contains("grpc-client", below);
        check(report);
      }
    }
  }

  private static void check(RunReport report) {
    RequestReport first = Visiting.request(report, "first");
    assertThat(Visiting.steps(first)).containsExactly("http2", "tcp");
    assertThat(first.spans()).extracting(Span::phase).containsOnly(Visiting.PHASE);
    assertThat(first.spans()).noneMatch(span -> span.open() || span.inferred() || span.failed());
    // The server's settings are its first word.
    Span ready = Calls.one(first, "http2");
    assertThat(ready.exclusiveNanos()).isGreaterThanOrEqualTo(MILLIS * 1_000_000);
    assertThat(Calls.one(first, "tcp").exclusiveNanos()).isLessThan(MILLIS * 1_000_000 / 2);
    assertThat(Calls.one(first, "tcp").parent()).isEqualTo(ready.id());
    assertThat(Visiting.steps(Visiting.request(report, "again"))).isEmpty();
    RequestReport refused = Visiting.request(report, "refused");
    for (String step : new String[] {"http2", "tcp"}) {
      Span failed = Calls.spans(refused, step).get(0);
      assertThat(failed.failed()).as(step).isTrue();
      assertThat(failed.notes().get("error")).as(step).asString().contains("ConnectException");
    }
  }

  private AgentRun run(String set, String name) {
    return AgentRun.ofLibrary(Jdks.any(), folder.resolve(name))
        .workDir(folder)
        .classPath(Libs.classPath(set, "GrpcVisits").toArray(new Path[0]))
        .args(APP);
  }
}
