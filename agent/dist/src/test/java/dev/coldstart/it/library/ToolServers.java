package dev.coldstart.it.library;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Real MCP servers for the clients of a test: of the Java SDK, and the reference server. */
final class ToolServers {
  /** Tools that a server of the SDK offers, and pages that a slow one lists them on. */
  static final long TOOLS = 3;

  /** What a slow server takes at least for its pages. */
  static final long SLOW_NANOS = TOOLS * TimeUnit.MILLISECONDS.toNanos(60);

  private ToolServers() {}

  /** URL of those over HTTP, command line of one over stdio. */
  static String[] arguments(ForkedApp server) {
    return Stream.concat(Stream.of(server.line("mcp=")), Stream.of(Libs.stdioToolServer()))
        .toArray(String[]::new);
  }

  /** Arguments of an app that is to start a reference server, by what follows "server-". */
  static String[] reference(String name, String... more) {
    String script = Backend.of("mcp").get(name);
    return Stream.concat(Stream.of("http://nobody", "node", script), Stream.of(more))
        .toArray(String[]::new);
  }
}
