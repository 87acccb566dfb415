package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collector that does not take the traces holds up the end of the process for 200 ms at most, and
 * one line says what it missed.
 */
class OtlpExitIT {
  /** Two of three rounds in time, as the median would tell; mostly two are enough to know. */
  private static final int ROUNDS = 3;

  private static final int ENOUGH = 2;

  /** What the end may take longer, and what a loaded machine adds to that. */
  private static final Duration BOUND = Duration.ofMillis(200);

  private static final Duration TOLERANCE = Duration.ofMillis(150);

  @TempDir private Path folder;

  @Test
  void endsInTimeWhateverTheCollectorDoes() throws Exception {
    Path connects = Fakes.compile("hikari", folder);
    try (ServerSocket hangs = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        BlackHole blackHole = new BlackHole()) {
      Map<String, Integer> collectors = new LinkedHashMap<>();
      collectors.put("hangs", hangs.getLocalPort());
      collectors.put("refuses", unusedPort());
      collectors.put("black hole", blackHole.port());
      Map<String, Integer> inTime = new TreeMap<>();
      for (int round = 0; round < ROUNDS && !allAre(ENOUGH, inTime); round++) {
        Duration without = exit(connects, "off" + round, "off").time();
        Duration limit = without.plus(BOUND).plus(TOLERANCE);
        for (String protocol : List.of("http/protobuf", "grpc")) {
          for (Map.Entry<String, Integer> collector : collectors.entrySet()) {
            String name = protocol + " " + collector.getKey();
            ForkedApp.Ended ended =
                exit(
                    connects,
                    name.replaceAll("\\W", "") + round,
                    "on",
                    "-Dotel.exporter.otlp.protocol=" + protocol,
                    "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + collector.getValue());
            inTime.merge(name, ended.time().compareTo(limit) <= 0 ? 1 : 0, Integer::sum);
            assertThat(ended.coldstartLines())
                .as(name)
                .singleElement()
                .asString()
                .contains("did not get 2 traces", "java -jar coldstart-agent.jar export ");
            assertThat(ended.otherLines()).as(name).isEmpty();
          }
        }
      }
      assertThat(inTime)
          .as("rounds in time")
          .allSatisfy((name, n) -> assertThat(n).isGreaterThanOrEqualTo(ENOUGH));
    }
  }

  /** One run with one request; the time is that from the call that ends it. */
  private ForkedApp.Ended exit(Path connects, String name, String otel, String... jvm)
      throws Exception {
    Path own = folder.resolve(name);
    AgentRun run =
        AgentRun.on(Jdks.any(), own)
            .workDir(folder)
            .agent(
                "-javaagent:%s=dir=%s,cache=%s,summary=off,otel=%s"
                    .formatted(AgentRun.JAR, own.resolve("reports"), folder.resolve("cache"), otel))
            .classPath(connects)
            .onlyJvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
            .jvm(jvm);
    try (ForkedApp app = run.start(ServerApp.class);
        RawHttp.Connection connection = app.http().connect()) {
      app.http().get("/plain");
      app.awaitRequests(1);
      // After a signal from here nothing of its stderr could be read.
      long begin = System.nanoTime();
      connection.send("/exit");
      ForkedApp.Ended ended = app.await();
      Duration time = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(ended.exit()).as(ended.err()).isEqualTo(3);
      return new ForkedApp.Ended(ended.exit(), ended.out(), ended.err(), time);
    }
  }

  private static boolean allAre(int count, Map<String, Integer> numbers) {
    return !numbers.isEmpty() && numbers.values().stream().allMatch(n -> n >= count);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A port that answers no packet: its queue of connections is full. */
  private static final class BlackHole implements AutoCloseable {
    private static final int CONNECT_MILLIS = 200;
    private static final int MAX_CONNECTIONS = 64;

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> filling = new ArrayList<>();

    BlackHole() throws IOException {
      boolean full = false;
      for (int i = 0; i < MAX_CONNECTIONS && !full; i++) {
        Socket socket = new Socket();
        filling.add(socket);
        try {
          socket.connect(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), CONNECT_MILLIS);
        } catch (SocketTimeoutException e) {
          full = true;
        }
      }
      assertThat(full).as("the queue is full").isTrue();
    }

    int port() {
      return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : filling) {
        socket.close();
      }
      server.close();
    }
  }
}
