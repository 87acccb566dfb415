package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Real MCP servers for the clients of a test: of the Java SDK, and the reference server. */
final class ToolServers {
  /** Tools that a server of the SDK offers, and pages that a slow one lists them on. */
  static final long TOOLS = 3;

  /** What a slow server takes at least for its pages. */
  static final long SLOW_NANOS = TOOLS * TimeUnit.MILLISECONDS.toNanos(60);

  /** What the reference server calls itself. How many tools it offers depends on the client. */
  static final String EVERYTHING = "mcp-servers/everything";

  private ToolServers() {}

  /** URL of those over HTTP, command line of one over stdio. */
  static String[] arguments(ForkedApp server) {
    return Stream.concat(Stream.of(server.line("mcp=")), Stream.of(Libs.stdioToolServer()))
        .toArray(String[]::new);
  }

  /**
   * Command line of the reference server, which a script installs; without node and npm the test is
   * skipped.
   */
  static String everything() throws Exception {
    String script = NodeScript.path("real-mcp.sh");
    Process install =
        new ProcessBuilder(script, "--install-only").redirectErrorStream(true).start();
    String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(install.waitFor()).as(said).isZero();
    return script;
  }
}
