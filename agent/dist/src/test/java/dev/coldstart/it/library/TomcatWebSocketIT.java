package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerScenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Carried;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.Secrets;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.it.harness.Windows;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A WebSocket on Tomcat: the handshake is no request that stays open, each message is one. */
class TomcatWebSocketIT {
  @TempDir private Path folder;

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private long sent;

  @ParameterizedTest
  @ValueSource(strings = {"tomcat1", "tomcat2"})
  void eachMessageIsARequest(String set) throws Exception {
    String app = "TomcatWebSockets";
    AgentRun run =
        AgentRun.ofLibrary(Jdks.any(), folder)
            .options("warm=1000,summary=off")
            .classPath(Libs.classPath(set, app).toArray(new Path[0]))
            .classPath(
                Fakes.compile("hikari", folder),
                AgentRun.jarOf(StreamingChatModel.class),
                AgentRun.jarOf(LoggerFactory.class))
            .args("dev.coldstart.it.app." + app);
    try (ForkedApp fork = Secrets.plant(run).start(ServerScenes.class)) {
      play(fork);
      ForkedApp.Ended ended = fork.stop();
      check(fork, fork.report());
      Secrets.check(fork.reports(), ended);
    }
  }

  private void play(ForkedApp fork) throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + fork.port() + "/chat" + Secrets.QUERY);
    WebSocket socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, new Answers()).join();
    sent = System.nanoTime();
    socket.sendText("words", true).join();
    expect("first ", "second");
    fork.awaitRequests(1);
    socket.sendText("plain", true).join();
    expect("done");
    fork.awaitRequests(2);
    socket.sendBinary(ByteBuffer.wrap("binary".getBytes(StandardCharsets.UTF_8)), true).join();
    expect("done");
    fork.awaitRequests(3);
    // The connection is open still.
    assertThat(fork.http().get("/plain").status()).contains(" 200");
    fork.awaitRequests(4);
    // Tomcat closes the connection then.
    socket.sendText("throws", true).join();
    expect("failed");
    fork.awaitRequests(5);
    socket.abort();
  }

  private void expect(String... texts) throws InterruptedException {
    for (String text : texts) {
      assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(text);
    }
  }

  private void check(ForkedApp fork, RunReport report) {
    assertThat(report.agent().warnings()).isEmpty();
    assertThat(report.agent().adviceFailures()).isZero();
    assertThat(report.agent().libraries()).contains("tomcat", "tomcat-websocket");
    assertThat(report.others())
        .singleElement()
        .matches(o -> o.method().equals("upgrade") && o.route().equals("/chat") && o.count() == 1);
    List<RequestReport> requests = report.requests();
    assertThat(requests)
        .extracting(r -> r.method() + ' ' + r.route())
        .containsExactly("ws /chat", "ws /chat", "ws /chat", "GET /plain", "ws /chat");
    assertThat(requests)
        .extracting(RequestReport::kind)
        .startsWith("cold")
        .filteredOn("cold"::equals)
        .hasSize(1);
    assertThat(requests)
        .extracting(RequestReport::failed)
        .containsExactly(false, false, false, false, true);
    Windows.streamed(fork, requests.get(0), "words", sent);
    owner(requests.get(1), "plain");
    owner(requests.get(2), "binary");
    owner(requests.get(3), "/plain");
    owner(requests.get(4), "throws");
    // Neither the handshake nor a message is in flight.
    assertThat(requests.subList(1, 5)).allMatch(r -> r.idleNanos() != null);
    Sums.check(report);
  }

  private static void owner(RequestReport request, String owner) {
    assertThat(request.window()).as(owner).isEqualTo("response_end");
    assertThat(request.spans()).as(owner).noneMatch(Span::inferred);
    assertThat(request.spans())
        .as(owner)
        .filteredOn(span -> span.phase().equals("db_connect"))
        .extracting(Carried::owner)
        .containsExactly(owner);
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        answers.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
