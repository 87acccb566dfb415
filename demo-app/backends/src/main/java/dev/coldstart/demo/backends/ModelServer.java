package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** Stand-in for an OpenAI-compatible model server: chat completions and embeddings. */
final class ModelServer implements Closeable {
  private final StandInServer server;
  private final PromptCache cache;
  private final Ledger ledger;
  private final Supplier<Delays> delays;
  private final boolean earlyHeaders;

  /**
   * @param earlyHeaders true: headers and the role-only chunk leave at once, as most hosted models
   *     do; false: they leave together with the first token
   */
  ModelServer(PromptCache cache, Ledger ledger, Supplier<Delays> delays, boolean earlyHeaders)
      throws IOException {
    this.cache = cache;
    this.ledger = ledger;
    this.delays = delays;
    this.earlyHeaders = earlyHeaders;
    server =
        new StandInServer("model", null)
            .route("/v1/chat/completions", this::chat)
            .route("/v1/embeddings", ModelServer::embed)
            .start();
  }

  /** The base URL as OpenAI clients want it. */
  String url() {
    return server.url() + "/v1";
  }

  private void chat(HttpExchange exchange) throws IOException {
    ChatPrompt prompt = ChatPrompt.of(StandInServer.readJson(exchange));
    ScriptedAnswer answer = ScriptedAnswer.to(prompt);
    boolean cached = cache.hit(prompt.prefixKey());
    CompletionJson json = new CompletionJson(prompt, answer, cached);
    if (prompt.stream()) {
      stream(exchange, prompt, answer, json, cached);
      return;
    }
    waitForFirstToken(prompt, answer, cached);
    Ledger.sleepUntil(System.nanoTime() + answer.tokens() * interTokenNs());
    long start = System.nanoTime();
    StandInServer.sendJson(exchange, 200, json.whole());
    ledger.record(DelayKind.FIRST_TOKEN_SENT, start, System.nanoTime(), detail(prompt, answer));
  }

  private void stream(
      HttpExchange exchange,
      ChatPrompt prompt,
      ScriptedAnswer answer,
      CompletionJson json,
      boolean cached)
      throws IOException {
    EventStream events = new EventStream(exchange);
    if (earlyHeaders) {
      events.send(json.roleChunk());
    }
    waitForFirstToken(prompt, answer, cached);
    if (!earlyHeaders) {
      events.send(json.roleChunk());
    }
    boolean first = true;
    for (ObjectNode chunk : json.contentChunks()) {
      if (!first) {
        Ledger.sleepUntil(System.nanoTime() + interTokenNs());
      }
      long start = System.nanoTime();
      events.send(chunk);
      if (first) {
        ledger.record(DelayKind.FIRST_TOKEN_SENT, start, System.nanoTime(), detail(prompt, answer));
        first = false;
      }
    }
    events.send(json.finishChunk());
    if (prompt.includeUsage()) {
      events.send(json.usageChunk());
    }
    events.done();
  }

  private void waitForFirstToken(ChatPrompt prompt, ScriptedAnswer answer, boolean cached) {
    Map<String, Object> detail = detail(prompt, answer);
    if (!cached) {
      ledger.inject(DelayKind.PROMPT_CACHE, delays.get().promptCacheMs(), detail);
      cache.prime(prompt.prefixKey());
    }
    ledger.inject(DelayKind.LLM_TTFT, delays.get().ttftMs(), detail);
  }

  private long interTokenNs() {
    return (long) (delays.get().interTokenMs() * 1_000_000);
  }

  private static Map<String, Object> detail(ChatPrompt prompt, ScriptedAnswer answer) {
    return Map.of(
        "model", prompt.model(),
        "answer", answer.isToolCall() ? "tool_call" : "text",
        "stream", prompt.stream());
  }

  private static void embed(HttpExchange exchange) throws IOException {
    JsonNode request = StandInServer.readJson(exchange);
    ObjectNode response = StandInServer.JSON.createObjectNode();
    response.put("object", "list").put("model", request.path("model").asText());
    ArrayNode data = response.putArray("data");
    JsonNode input = request.path("input");
    int characters = 0;
    for (JsonNode text :
        input.isArray() ? input : StandInServer.JSON.createArrayNode().add(input)) {
      characters += text.asText().length();
      ObjectNode item = data.addObject();
      item.put("object", "embedding").put("index", data.size() - 1);
      ArrayNode vector = item.putArray("embedding");
      for (float component : WordEmbedding.of(text.asText())) {
        vector.add(component);
      }
    }
    int tokens = (characters + 3) / 4;
    response.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    StandInServer.sendJson(exchange, 200, response);
  }

  @Override
  public void close() {
    server.close();
  }
}
