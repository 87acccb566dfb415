package dev.coldstart.demo.backends;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts every stand-in in one process and prints where they are. */
@Command(
    name = "backends",
    mixinStandardHelpOptions = true,
    description = "Stand-ins for a model, tool servers, a vector store and a schema host.")
final class Backends implements Callable<Integer> {
  // Held, because a logger whose level was set may otherwise be collected with its level.
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

  @Mixin private DelayOptions delayOptions;

  @Option(names = "--early-headers", description = "The model sends headers before its first token")
  private boolean earlyHeaders;

  @Option(
      names = "--cache-ttl-s",
      defaultValue = "300",
      description = "The model's prompt cache forgets after this (default: ${DEFAULT-VALUE})")
  private long cacheTtlS;

  @Option(
      names = "--tool-list-ttl-s",
      defaultValue = "300",
      description =
          "The orders tool server forgets its built list after this (default: ${DEFAULT-VALUE})")
  private long toolListTtlS;

  @Option(
      names = "--slow-connections",
      defaultValue = "1",
      description =
          "New vector-store connections that are slow; -1: all (default: ${DEFAULT-VALUE})")
  private int slowConnections;

  @Option(
      names = "--idle-s",
      defaultValue = "30",
      description = "Connections unused for this long are closed (default: ${DEFAULT-VALUE})")
  private int idleS;

  @Option(names = "--tls", description = "The vector store speaks HTTPS")
  private boolean tls;

  @Option(names = "--ledger", description = "Ledger file (default: one in a temporary folder)")
  private Path ledgerFile;

  @Option(names = "--ports-file", description = "Write the READY line's JSON here too")
  private Path portsFile;

  @Option(
      names = "--env-file",
      description = "Write the environment of the services, for a shell to read")
  private Path envFile;

  @Option(
      names = "--chroma-url",
      description = "A real Chroma server to use and fill instead of the stand-in")
  private String chromaUrl;

  private final Deque<Closeable> open = new ArrayDeque<>();

  public static void main(String[] args) {
    System.exit(new CommandLine(new Backends()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    TOMCAT_LOG.setLevel(Level.SEVERE);
    // The JDK's server reads both once, when the first server is made.
    System.setProperty("sun.net.httpserver.idleInterval", Integer.toString(idleS));
    System.setProperty("sun.net.httpserver.clockTick", "500");
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
    Map<String, Object> where = start();
    String ready = StandInServer.JSON.writeValueAsString(where);
    if (envFile != null) {
      Files.writeString(envFile, ServiceEnvironment.of(where));
    }
    if (portsFile != null) {
      Files.writeString(portsFile, ready);
    }
    System.out.println("READY " + ready);
    new CountDownLatch(1).await();
    return 0;
  }

  /** Starts everything; the map is the READY line. */
  Map<String, Object> start() throws IOException, InterruptedException {
    Path temporary = own(new TemporaryDirectory()).path();
    new WarmUp().run(temporary);
    Ledger ledger =
        own(new Ledger(ledgerFile == null ? temporary.resolve("ledger.jsonl") : ledgerFile));
    AtomicReference<Delays> delays = new AtomicReference<>(delayOptions.delays());
    SelfSignedTls certificate = tls ? SelfSignedTls.create(temporary) : null;

    PromptCache cache = new PromptCache(Duration.ofSeconds(cacheTtlS), System::nanoTime);
    ModelServer model = own(new ModelServer(cache, ledger, delays::get, earlyHeaders));
    var connections = new SlowFirstConnection(slowConnections, ledger, delays::get);
    ChromaServer chroma = own(new ChromaServer(connections, tls ? certificate.context() : null));
    String chromaAt = chromaUrl == null ? chroma.url() : chromaUrl;
    if (chromaUrl != null) {
      new RealChroma(chromaUrl).fill();
    }
    SchemaHost schemas = own(new SchemaHost(ledger, delays::get));
    OrdersToolServer orders =
        own(new OrdersToolServer(Duration.ofSeconds(toolListTtlS), ledger, delays::get, temporary));
    AdminServer admin = own(new AdminServer(ledger, delays));

    Supplier<Map<String, Object>> ready =
        () -> {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("model_url", model.url());
          line.put("chroma_url", chromaAt);
          line.put("collection", Knowledge.COLLECTION);
          line.put("orders_mcp_url", orders.url());
          line.put("weather_mcp_command", weatherCommand(delays.get(), ledger));
          line.put("schema_url", schemas.url());
          line.put("admin_url", admin.url());
          line.put("ledger", ledger.file().toAbsolutePath().toString());
          line.put("delays", delays.get());
          if (tls) {
            line.put("trust_store", certificate.keyStore().toString());
            line.put("trust_store_password", SelfSignedTls.PASSWORD);
          }
          line.put("pid", ProcessHandle.current().pid());
          return line;
        };
    admin
        .state("/ready", ready)
        .action("/reset-cache", cache::clear)
        .action("/reset-connections", connections::reset)
        .action("/reset-schemas", schemas::reset)
        .action("/tools-changed", orders::toolsChanged)
        .action("/clear-ledger", ledger::clear)
        .action(
            "/reset",
            () -> {
              cache.clear();
              connections.reset();
              schemas.reset();
            })
        .start();
    return ready.get();
  }

  private static List<String> weatherCommand(Delays delays, Ledger ledger) {
    return StdioToolServer.command(delays.weatherToolListMs(), ledger.file());
  }

  private <T extends Closeable> T own(T resource) {
    open.push(resource);
    return resource;
  }

  void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException e) {
        System.err.println("while stopping: " + e);
      }
    }
  }
}
