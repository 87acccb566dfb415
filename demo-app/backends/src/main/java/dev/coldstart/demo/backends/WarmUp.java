package dev.coldstart.demo.backends;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs every stand-in's code before the real ones start, on throw-away instances.
 *
 * <p>The stand-ins are JVM servers with a cold start of their own. Without this, the first request
 * would also pay some 20 ms of their class loading, which no ledger line would explain.
 */
final class WarmUp {
  private static final int ROUNDS = 20;
  private static final Delays NONE = Delays.story(0);

  private final HttpClient client = HttpClient.newHttpClient();

  void run(Path directory) throws IOException, InterruptedException {
    try (Ledger ledger = new Ledger(directory.resolve("warm-up.jsonl"));
        ModelServer model =
            new ModelServer(
                new PromptCache(Duration.ZERO, System::nanoTime), ledger, () -> NONE, false);
        ChromaServer chroma =
            new ChromaServer(new SlowFirstConnection(-1, ledger, () -> NONE), null);
        SchemaHost schemas = new SchemaHost(ledger, () -> NONE);
        OrdersToolServer orders =
            new OrdersToolServer(Duration.ZERO, ledger, () -> NONE, directory)) {
      for (int i = 0; i < ROUNDS; i++) {
        modelCalls(model.url());
        vectorSearch(chroma.url());
        get(schemas.url() + "/get_order.json");
        toolCall(orders.url());
      }
    }
  }

  private void modelCalls(String url) throws IOException, InterruptedException {
    String tools =
        """
        "tools": [{"type": "function", "function": {"name": "get_order", "parameters":
          {"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]}}}],
        """;
    String messages =
        """
        "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "order"}%s]}
        """;
    String stream = "{\"stream\": true, \"stream_options\": {\"include_usage\": true}, ";
    String answered = ", {\"role\": \"tool\", \"content\": \"it is on its way\"}";
    post(url + "/chat/completions", stream + tools + messages.formatted(""));
    post(url + "/chat/completions", stream + tools + messages.formatted(answered));
    post(url + "/chat/completions", "{" + messages.formatted(""));
    post(url + "/embeddings", "{\"input\": \"where is my order\"}");
  }

  private void vectorSearch(String url) throws IOException, InterruptedException {
    String collection = url + "/api/v2/tenants/t/databases/d/collections/" + Knowledge.COLLECTION;
    get(collection);
    float[] vector = WordEmbedding.of("where is my order");
    post(
        collection + "/query",
        "{\"n_results\": 2, \"query_embeddings\": ["
            + StandInServer.JSON.writeValueAsString(vector)
            + "]}");
  }

  private void toolCall(String url) throws IOException, InterruptedException {
    String session =
        rpc(
                url,
                null,
                """
                {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
                  "protocolVersion": "2025-06-18", "capabilities": {},
                  "clientInfo": {"name": "warm-up", "version": "1"}}}
                """)
            .headers()
            .firstValue("Mcp-Session-Id")
            .orElseThrow();
    rpc(url, session, "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}");
    rpc(
        url,
        session,
        "{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"tools/list\", \"params\": {}}");
    rpc(
        url,
        session,
        """
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {
          "name": "get_order", "arguments": {"order_id": "A-1001"}}}
        """);
  }

  private void get(String url) throws IOException, InterruptedException {
    expectOk(client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()));
  }

  private void post(String url, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build();
    expectOk(client.send(request, BodyHandlers.ofString()));
  }

  private HttpResponse<String> rpc(String url, String session, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(body));
    if (session != null) {
      request.header("Mcp-Session-Id", session);
    }
    return expectOk(client.send(request.build(), BodyHandlers.ofString()));
  }

  private static HttpResponse<String> expectOk(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException("warm-up: " + response.uri() + " answered " + response.statusCode());
    }
    return response;
  }
}
