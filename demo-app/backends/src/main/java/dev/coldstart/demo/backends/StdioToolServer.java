package dev.coldstart.demo.backends;

import static java.util.stream.Collectors.joining;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The weather tools: a real MCP server over stdio, started as a child process by the agent service.
 * It ends when its standard input does.
 */
@Command(name = "stdio-tool-server", mixinStandardHelpOptions = true)
final class StdioToolServer implements Callable<Integer> {
  @Option(names = "--tool-list-ms", description = "Delay of the first tool list")
  private double toolListMs;

  @Option(names = "--ledger", required = true, description = "Ledger file to append to")
  private Path ledgerFile;

  public static void main(String[] args) {
    System.exit(new CommandLine(new StdioToolServer()).execute(args));
  }

  /** The command line that starts this server from the same class path. */
  static List<String> command(double toolListMs, Path ledgerFile) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // It must not look slower than it is told to be: a small JVM that starts fast.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-cp",
        absoluteClassPath(),
        StdioToolServer.class.getName(),
        "--tool-list-ms",
        Double.toString(toolListMs),
        "--ledger",
        ledgerFile.toAbsolutePath().toString());
  }

  /** The child may be started in another directory. */
  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(joining(File.pathSeparator));
  }

  @Override
  public Integer call() throws Exception {
    CountDownLatch inputEnded = new CountDownLatch(1);
    try (Ledger ledger = new Ledger(ledgerFile)) {
      Map<String, Object> detail = Map.of("server", "weather", "transport", "stdio");
      var input =
          new SlowFirstToolListInput(
              System.in,
              () -> ledger.inject(DelayKind.TOOL_REGISTRY, toolListMs, detail),
              inputEnded::countDown);
      McpSyncServer server =
          McpServer.sync(
                  new StdioServerTransportProvider(McpJsonDefaults.getMapper(), input, System.out))
              .serverInfo("weather-stand-in", "1.0.0")
              .capabilities(ServerCapabilities.builder().tools(true).build())
              .tools(Tools.weather())
              .build();
      inputEnded.await();
      server.close();
    }
    return 0;
  }
}
