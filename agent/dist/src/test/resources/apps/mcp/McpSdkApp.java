package dev.coldstart.it.app;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The MCP client. Arguments: URL of MCP servers, command line of another. */
public final class McpSdkApp implements Scenes.App {
  private static final List<String> SLOW = List.of("/slow-1/mcp", "/slow-2/mcp", "/slow-3/mcp");

  private final ExecutorService pool = Executors.newFixedThreadPool(SLOW.size());
  private McpSyncClient kept;
  private McpSyncClient checking;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    String url = args[0];
    List<String> command = List.of(args).subList(1, args.length);
    scenes.add("/stdio", out -> connectAndList(stdio(command)));
    scenes.add("/http", out -> connectAndList(http(url, "/mcp")));
    scenes.add(
        "/sse",
        out -> connectAndList(HttpClientSseClientTransport.builder(url).sseEndpoint("/sse").build()));
    scenes.add("/pages", out -> connectAndList(http(url, SLOW.get(0))));
    scenes.add(
        "/implicit",
        out -> {
          kept = McpClient.sync(http(url, "/mcp")).build();
          kept.listTools();
        });
    scenes.add("/call", out -> kept.callTool(new McpSchema.CallToolRequest("today", Map.of())));
    scenes.add("/checked/list", out -> (checking = checking(url)).listTools());
    scenes.add(
        "/checked/call",
        out -> checking.callTool(new McpSchema.CallToolRequest("orders", Map.of())));
    scenes.add("/async", out -> connectAndListLater(http(url, SLOW.get(0))).block());
    scenes.add(
        "/async-serial",
        out -> Flux.fromIterable(SLOW).concatMap(s -> connectAndListLater(http(url, s))).blockLast());
    scenes.add(
        "/serial",
        out -> {
          for (String server : SLOW) {
            connectAndList(http(url, server));
          }
        });
    scenes.add(
        "/parallel",
        out -> {
          List<Future<?>> all = new ArrayList<>();
          for (String server : SLOW) {
            all.add(pool.submit(() -> connectAndList(http(url, server))));
          }
          for (Future<?> one : all) {
            one.get();
          }
        });
  }

  /** Checks what tools answer against their schemas. */
  private static McpSyncClient checking(String url) {
    McpSyncClient client =
        McpClient.sync(http(url, "/mcp")).enableCallToolSchemaCaching(true).build();
    client.initialize();
    return client;
  }

  private static void connectAndList(McpClientTransport transport) {
    McpSyncClient client = McpClient.sync(transport).build();
    client.initialize();
    client.listTools();
    client.close();
  }

  private static Mono<McpSchema.ListToolsResult> connectAndListLater(McpClientTransport transport) {
    McpAsyncClient client = McpClient.async(transport).build();
    return client.initialize().then(client.listTools()).doOnNext(tools -> client.close());
  }

  private static McpClientTransport stdio(List<String> command) {
    return new StdioClientTransport(
        ServerParameters.builder(command.get(0)).args(command.subList(1, command.size())).build(),
        McpJsonDefaults.getMapper());
  }

  private static McpClientTransport http(String url, String endpoint) {
    return HttpClientStreamableHttpTransport.builder(url).endpoint(endpoint).build();
  }
}
