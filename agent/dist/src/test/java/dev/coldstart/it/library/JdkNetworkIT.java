package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ChannelVisits;
import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.app.SocketVisits;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of connections that the JDK's blocking sockets open. */
class JdkNetworkIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void tellsTheStepsOfConnections(Jdk jdk) throws Exception {
    try (Visiting visiting = new Visiting()) {
      RunReport report = visiting.check(jdk, SocketVisits.class, folder);
      assertThat(report.agent().libraries()).contains("jdk-network");
    }
  }

  /** Channels that block, that a selector waits for, and those of NIO.2 in both ways. */
  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void tellsWhatChannelsWaitFor(Jdk jdk) throws Exception {
    List<String> ways = List.of("blocking", "selector", "future", "handler");
    try (DelayingProxy proxy = new DelayingProxy(0).mode(DelayingProxy.Mode.HANG);
        Socket refusing = DelayingProxy.refusing()) {
      AgentRun run = AgentRun.on(jdk, folder).args(ChannelVisits.class.getName());
      for (String way : ways) {
        run.args(way + "=" + way + "://127.0.0.1:" + proxy.port());
        run.args("refused-" + way + "=" + way + "://127.0.0.1:" + refusing.getLocalPort());
      }
      RunReport report;
      try (ForkedApp app =
          run.options("warm=1000,summary=off,probes=" + Visiting.probes(folder))
              .start(Scenes.class)) {
        for (String way : ways) {
          // First, so that a cold start of the next one does not outlast the delay.
          assertThat(app.http().get("/refused-" + way).body()).contains("ConnectException");
          proxy.slowTcp();
          assertThat(app.http().get("/" + way).body()).isEqualTo("visited");
        }
        report = Libs.end(app, 2 * ways.size());
      }
      for (String way : ways) {
        Span tcp = Calls.one(Visiting.request(report, way), "tcp");
        assertThat(tcp.failed() || tcp.open() || tcp.inferred()).as(way).isFalse();
        Visiting.foundSlowTcp(tcp);
        Span refused = Calls.one(Visiting.request(report, "refused-" + way), "tcp");
        assertThat(refused.failed()).as(way).isTrue();
        assertThat(refused.phase()).as(way).isEqualTo(Visiting.PHASE);
      }
    }
  }

  /** A resolver of the application's own, as there may be from JDK 18 on, that takes its time. */
  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#forJava21")
  void tellsWhatALookUpTakes(Jdk jdk) throws Exception {
    Path resolver = SlowResolver.compile(jdk, folder);
    try (Visiting visiting = new Visiting();
        ForkedApp app =
            AgentRun.on(jdk, folder)
                .classPath(resolver)
                .options("warm=1000,summary=off,probes=" + Visiting.probes(folder))
                .args(SocketVisits.class.getName())
                .args("first=http://first.test:" + visiting.plainProxy().port() + "/")
                .args("second=http://second.test:" + visiting.plainProxy().port() + "/")
                .args("third=http://third.test:" + visiting.plainProxy().port() + "/")
                .start(Scenes.class)) {
      for (String path : List.of("/first", "/second", "/third", "/first")) {
        assertThat(app.http().get(path).body()).isEqualTo("visited");
      }
      RunReport report = Libs.end(app, 4);
      // The first one makes the resolver.
      Visiting.foundLookUps(report, "second", "third");
      assertThat(Visiting.steps(Calls.of(report, "/first").get(1)))
          .as("it is known")
          .doesNotContain("dns");
    }
  }
}
