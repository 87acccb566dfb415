package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RefusingServer;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has an app use servers that cannot be used, with the agent and without it (see {@code Unusable}):
 * the application sees the same, and the report names the class of what went wrong.
 */
final class StoreFailures implements AutoCloseable {
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
  private static final String ERROR = "error";
  private static final String STORES = "vector_store_";
  private static final List<String> SILENT = List.of("/down", "/refusing", "/hanging");

  private final Map<String, String> ports = new LinkedHashMap<>();
  private final Map<String, String> errors = new HashMap<>();
  private final RefusingServer refusing = RefusingServer.hangingUp();
  private final ServerSocket hanging = new ServerSocket(0, 50, LOCAL);

  /** Servers that are down, that hang up on each client, and that never answer. */
  StoreFailures() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 50, LOCAL)) {
      ports.put("/down", "" + free.getLocalPort());
    }
    ports.put("/refusing", "" + refusing.port());
    ports.put("/hanging", "" + hanging.getLocalPort());
  }

  /** A server that does not let the app in for another reason. */
  StoreFailures with(String path, int port) {
    return with(path, "" + port);
  }

  /** The same for an app that wants more than a port. */
  StoreFailures with(String path, String port) {
    ports.put(path, port);
    return this;
  }

  /** What some work in a scene fails with: the name of a class, or a status. */
  StoreFailures failsWith(String path, String error) {
    errors.put(path, error);
    return this;
  }

  /** The port of one of these servers. */
  int port(String path) {
    return Integer.parseInt(ports.get(path));
  }

  /** The same for a server that speaks TLS. */
  StoreFailures withTls(String path, int port) {
    ports.put(path, "tls:" + port);
    return this;
  }

  /** Plays all of them, and returns the report once everything is as it should be. */
  RunReport verify(String set, String app, Path folder, String... jvm) throws IOException {
    List<String> args = new ArrayList<>(List.of("0"));
    ports.forEach((path, port) -> args.addAll(List.of(path, port)));
    String[] all = args.toArray(new String[0]);
    // Both at once: they do nothing but wait.
    try (ForkedApp bare = start(run(set, app, folder, "without", all).withoutAgent().jvm(jvm));
        ForkedApp watched = start(run(set, app, folder, "with", all).jvm(jvm))) {
      CompletableFuture<Map<String, String>> plain =
          CompletableFuture.supplyAsync(() -> play(bare));
      Map<String, String> seen = play(watched);
      assertThat(seen).isEqualTo(plain.join());
      RunReport report = Libs.end(watched, ports.size());
      for (RequestReport request : report.requests()) {
        isFlagged(request, seen.get(request.route()));
      }
      assertThat(report.toString()).doesNotContain("secret-word");
      return report;
    }
  }

  @Override
  public void close() throws IOException {
    refusing.close();
    hanging.close();
  }

  private static AgentRun run(String set, String app, Path folder, String agent, String... args)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(agent));
    return Libs.run(Jdks.any(), set, app, own, args);
  }

  private static ForkedApp start(AgentRun run) {
    return run.start(Scenes.class);
  }

  /** Servers with which there is no conversation are waited for together. */
  private Map<String, String> play(ForkedApp app) {
    Map<String, String> seen = new ConcurrentHashMap<>();
    CompletableFuture.allOf(
            SILENT.stream()
                .map(path -> CompletableFuture.runAsync(() -> seen.put(path, play(app, path))))
                .toArray(CompletableFuture[]::new))
        .join();
    for (String path : ports.keySet()) {
      if (!SILENT.contains(path)) {
        seen.put(path, play(app, path));
      }
    }
    return seen;
  }

  private static String play(ForkedApp app, String path) {
    String body = app.http().get(path).body();
    assertThat(body).as(path).isNotEmpty().isNotEqualTo("nothing");
    return body;
  }

  /**
   * Some work with the store has failed with one of the exceptions that the application saw, or
   * with the status of an answer that it saw.
   */
  private void isFlagged(RequestReport request, String seen) {
    List<Span> spans = request.spans();
    String wanted = errors.get(request.route());
    // A driver's own threads may still be at it.
    assertThat(spans)
        .as(request.route())
        .noneMatch(span -> span.open() && span.phase().startsWith(STORES));
    assertThat(spans)
        .as(request.route() + " saw " + seen)
        .anyMatch(
            span ->
                span.failed()
                    && span.phase().startsWith(STORES)
                    && span.notes().get(ERROR) instanceof String error
                    && (wanted == null || wanted.equals(error))
                    && seen.contains(isStatus(error) ? "status #" : error + ": "));
  }

  private static boolean isStatus(String error) {
    return error.chars().allMatch(Character::isDigit);
  }
}
