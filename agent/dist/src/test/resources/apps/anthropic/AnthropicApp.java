package dev.coldstart.it.app;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Every way to call a model with the Anthropic SDK. Argument: the URL of the server. */
public final class AnthropicApp implements Scenes.App {
  private AnthropicClient client;
  private AnthropicClientAsync async;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    client = AnthropicOkHttpClient.builder().baseUrl(args[0]).apiKey("none").build();
    async = AnthropicOkHttpClientAsync.builder().baseUrl(args[0]).apiKey("none").build();
    scenes.add("/whole", out -> text(client.messages().create(words(out.model("m-a"))), out));
    scenes.add("/stream", out -> stream(words(out.model("m-a")), out));
    scenes.add("/async", out -> async(words(out.model("m-a")), out));
    scenes.add("/async-stream", out -> asyncStream(words(out.model("m-a")), out));
    scenes.add("/thinking", out -> text(client.messages().create(thoughts()), out));
    scenes.add("/thinking-stream", out -> stream(thoughts(), out));
    scenes.add("/tool", out -> client.messages().create(tool()));
    scenes.add("/tool-stream", out -> stream(tool(), out));
    scenes.add("/early", this::readToFirstText);
    scenes.add("/beta", this::beta);
    scenes.add("/beta-stream", this::betaStream);
    scenes.add("/failing", out -> failing());
    scenes.add("/repeated", out -> text(client.messages().create(words("m-1-flaky")), out));
    scenes.add("/repeated-stream", out -> stream(words("m-2-flaky"), out));
    scenes.add("/repeated-async", out -> async(words("m-3-flaky"), out));
    scenes.add("/repeated-async-stream", out -> asyncStream(words("m-4-flaky"), out));
  }

  private static MessageCreateParams words(String model) {
    return builder(model).build();
  }

  private static MessageCreateParams thoughts() {
    return builder("m-thinks").enabledThinking(1024).build();
  }

  private static MessageCreateParams tool() {
    Map<String, Object> today =
        Map.of("name", "today", "input_schema", Map.of("type", "object", "properties", Map.of()));
    return builder("m-a")
        .putAdditionalBodyProperty("tools", JsonValue.from(List.of(today)))
        .build();
  }

  private static MessageCreateParams.Builder builder(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(2048).addUserMessage("Hello");
  }

  private static com.anthropic.models.beta.messages.MessageCreateParams forBeta(String model) {
    return com.anthropic.models.beta.messages.MessageCreateParams.builder()
        .model(model)
        .maxTokens(2048)
        .addUserMessage("Hello")
        .build();
  }

  private void stream(MessageCreateParams params, Scenes.Answer out) {
    try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
      stream.stream().forEach(event -> text(event, out));
    }
  }

  private void readToFirstText(Scenes.Answer out) {
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(words("m-a"))) {
      Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
      while (!text(events.next(), out)) {
        continue;
      }
    }
  }

  private void async(MessageCreateParams params, Scenes.Answer out) throws Exception {
    async
        .messages()
        .create(params)
        .thenAccept(message -> text(message, out))
        .get(30, TimeUnit.SECONDS);
  }

  private void asyncStream(MessageCreateParams params, Scenes.Answer out) throws Exception {
    AsyncStreamResponse<RawMessageStreamEvent> stream = async.messages().createStreaming(params);
    stream.subscribe(event -> text(event, out));
    stream.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }

  private void beta(Scenes.Answer out) {
    client.beta().messages().create(forBeta("m-b")).content().stream()
        .flatMap(block -> block.text().stream())
        .forEach(text -> out.write(text.text()));
  }

  private void betaStream(Scenes.Answer out) {
    try (var stream = client.beta().messages().createStreaming(forBeta("m-b"))) {
      stream.stream()
          // The getter of its text has another name in each major version.
          .filter(event -> event.contentBlockDelta().isPresent())
          .forEach(event -> out.write("text"));
    }
  }

  private void failing() throws Exception {
    try {
      client.messages().create(words("m-refused"));
    } catch (RuntimeException e) {
      // As it should be; so are the others.
    }
    try {
      stream(words("m-refused"), null);
    } catch (RuntimeException e) {
      // Refused before the first event.
    }
    AsyncStreamResponse<RawMessageStreamEvent> stream =
        async.messages().createStreaming(words("m-refused"));
    stream.subscribe(event -> {});
    try {
      stream.onCompleteFuture().join();
    } catch (RuntimeException e) {
      // No stream came.
    }
  }

  private static void text(Message message, Scenes.Answer out) {
    message.content().stream()
        .flatMap(block -> block.text().stream())
        .forEach(text -> out.write(text.text()));
  }

  private static boolean text(RawMessageStreamEvent event, Scenes.Answer out) {
    return event
        .contentBlockDelta()
        .flatMap(e -> e.delta().text())
        .map(
            text -> {
              out.write(text.text());
              return true;
            })
        .orElse(false);
  }
}
