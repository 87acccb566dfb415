package dev.coldstart.demo.backends;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelServerTest {
  private static final Delays DELAYS = new Delays(0, 0, 30, 0, 10, 0);
  private static final String TOOLS =
      """
      [{"type": "function", "function": {"name": "get_order", "description": "state of one order",
        "parameters": {"type": "object", "properties": {"order_id": {"type": "string"}},
        "required": ["order_id"]}}},
       {"type": "function", "function": {"name": "get_weather", "description": "weather in a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}},
        "required": ["city"]}}}]
      """;
  private static final String TOOL_RESULT = ", {\"role\": \"tool\", \"content\": \"21 degrees\"}";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Ledger ledger;
  private ModelServer model;

  @BeforeEach
  void start() throws IOException {
    ledger = new Ledger(directory.resolve("ledger.jsonl"));
    var cache = new PromptCache(Duration.ofMinutes(1), System::nanoTime);
    model = new ModelServer(cache, ledger, () -> DELAYS, true);
  }

  @AfterEach
  void stop() throws IOException {
    model.close();
    ledger.close();
  }

  @Test
  void aMissIsChargedOnceForTheSamePrefix() throws Exception {
    assertThat(cachedTokens(ask("Where is order B-2002?", "", false))).isZero();
    assertThat(cachedTokens(ask("What is the weather in Porto?", "", false))).isPositive();

    assertThat(ledgerKinds())
        .containsExactly(
            "prompt_cache", "llm_ttft", "first_token_sent", "llm_ttft", "first_token_sent");
  }

  @Test
  void callsTheToolThatFitsWithArgumentsFromTheQuestion() throws Exception {
    JsonNode order = toolCall(ask("Where is order B-2002?", "", false));
    assertThat(order.path("name").asText()).isEqualTo("get_order");
    assertThat(order.path("arguments").asText()).isEqualTo("{\"order_id\":\"B-2002\"}");

    JsonNode weather = toolCall(ask("What is the weather in Porto?", "", false));
    assertThat(weather.path("name").asText()).isEqualTo("get_weather");
    assertThat(weather.path("arguments").asText()).isEqualTo("{\"city\":\"Porto\"}");
  }

  @Test
  void streamsTheRoleThenTheAnswerThenTheUsage() throws Exception {
    List<String> events = ask("What is the weather in Porto?", TOOL_RESULT, true).lines().toList();
    List<JsonNode> chunks = new ArrayList<>();
    for (String event : events) {
      if (event.startsWith("data: {")) {
        chunks.add(StandInServer.JSON.readTree(event.substring(6)));
      }
    }
    JsonNode first = chunks.get(0).path("choices").path(0).path("delta");
    assertThat(first.path("role").asText()).isEqualTo("assistant");
    assertThat(first.path("content").asText()).isEmpty();
    StringBuilder text = new StringBuilder();
    chunks.forEach(c -> text.append(c.at("/choices/0/delta/content").asText("")));
    assertThat(text.toString()).endsWith("21 degrees");
    assertThat(chunks.get(chunks.size() - 1).at("/usage/completion_tokens").asInt()).isPositive();
    assertThat(events.get(events.size() - 2)).isEqualTo("data: [DONE]");
  }

  private String ask(String question, String more, boolean stream) throws Exception {
    String body =
        """
        {"model": "m", "stream": %s, "stream_options": {"include_usage": true}, "tools": %s,
         "messages": [{"role": "system", "content": "You are a shop."},
                      {"role": "user", "content": "%s"}%s]}
        """
            .formatted(stream, TOOLS, question, more);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(model.url() + "/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private static int cachedTokens(String completion) throws IOException {
    return StandInServer.JSON
        .readTree(completion)
        .at("/usage/prompt_tokens_details/cached_tokens")
        .asInt(-1);
  }

  private static JsonNode toolCall(String completion) throws IOException {
    return StandInServer.JSON.readTree(completion).at("/choices/0/message/tool_calls/0/function");
  }

  private List<String> ledgerKinds() throws IOException {
    List<String> kinds = new ArrayList<>();
    for (String line : ledger.text().lines().toList()) {
      kinds.add(StandInServer.JSON.readTree(line).path("kind").asText());
    }
    return kinds;
  }
}
