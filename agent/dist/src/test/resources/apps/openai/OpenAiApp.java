package dev.coldstart.it.app;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.JsonValue;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Every way to call a model with the OpenAI SDK. Argument: the URL of the server. */
public final class OpenAiApp implements Scenes.App {
  private OpenAIClient client;
  private OpenAIClientAsync async;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    client = OpenAIOkHttpClient.builder().baseUrl(args[0]).apiKey("none").build();
    async = OpenAIOkHttpClientAsync.builder().baseUrl(args[0]).apiKey("none").build();
    OpenAIClient validating =
        OpenAIOkHttpClient.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .responseValidation(true)
            .build();
    scenes.add("/chat/whole", out -> chatWhole(chat(out.model("m-chat")), out));
    scenes.add("/chat/stream", out -> chatStream(client, chat(out.model("m-chat")), out));
    scenes.add("/chat/validated", out -> chatStream(validating, chat(out.model("m-chat")), out));
    scenes.add("/chat/async", out -> asyncChat(chat(out.model("m-chat")), out));
    scenes.add("/chat/async-stream", out -> asyncChatStream(chat(out.model("m-chat")), out));
    scenes.add("/chat/tool", out -> client.chat().completions().create(chatWithTool()));
    scenes.add("/chat/tool-stream", out -> chatStream(client, chatWithTool(), out));
    scenes.add("/chat/early", out -> readOneChunk(out));
    scenes.add("/responses/whole", out -> responseWhole(response(out.model("m-responses")), out));
    scenes.add("/responses/stream", out -> responseStream(response(out.model("m-responses")), out));
    scenes.add("/responses/async", out -> asyncResponse(response(out.model("m-responses")), out));
    scenes.add(
        "/responses/async-stream",
        out -> asyncResponseStream(response(out.model("m-responses")), out));
    scenes.add("/responses/tool", out -> client.responses().create(responseWithTool()));
    scenes.add("/responses/tool-stream", out -> responseStream(responseWithTool(), out));
    scenes.add("/embed", out -> client.embeddings().create(embedding()));
    scenes.add("/embed/async", out -> async.embeddings().create(embedding()).get());
    scenes.add("/chat/two", out -> twoAtOnce(out));
    scenes.add("/chat/failing", out -> failing());
    scenes.add("/chat/repeated", out -> chatWhole(chat("m-1-flaky"), out));
    scenes.add("/chat/repeated-stream", out -> chatStream(client, chat("m-2-flaky"), out));
    scenes.add("/chat/repeated-async", out -> asyncChat(chat("m-3-flaky"), out));
    scenes.add("/chat/repeated-async-stream", out -> asyncChatStream(chat("m-4-flaky"), out));
  }

  private static ChatCompletionCreateParams chat(String model) {
    return chatBuilder(model).build();
  }

  private static ChatCompletionCreateParams.Builder chatBuilder(String model) {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .addUserMessage("Hello")
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
  }

  /** The types of tools are other ones in each major version. */
  private static ChatCompletionCreateParams chatWithTool() {
    Map<String, Object> today =
        Map.of(
            "name", "today", "parameters", Map.of("type", "object", "properties", Map.of()));
    return chatBuilder("m-chat")
        .putAdditionalBodyProperty(
            "tools", JsonValue.from(List.of(Map.of("type", "function", "function", today))))
        .build();
  }

  private static ResponseCreateParams response(String model) {
    return ResponseCreateParams.builder().model(model).input("Hello").build();
  }

  private static ResponseCreateParams responseWithTool() {
    Map<String, Object> today =
        Map.of("type", "function", "name", "today", "parameters", Map.of("type", "object"));
    return ResponseCreateParams.builder()
        .model("m-responses")
        .input("Hello")
        .putAdditionalBodyProperty("tools", JsonValue.from(List.of(today)))
        .build();
  }

  private static EmbeddingCreateParams embedding() {
    return EmbeddingCreateParams.builder().model("m-embed").input("Hello").build();
  }

  private void chatWhole(ChatCompletionCreateParams params, Scenes.Answer out) {
    out.write(
        client.chat().completions().create(params).choices().get(0).message().content()
            .orElseThrow());
  }

  private static void chatStream(
      OpenAIClient client, ChatCompletionCreateParams params, Scenes.Answer out) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(chunk -> text(chunk, out));
    }
  }

  private void readOneChunk(Scenes.Answer out) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat("m-chat"))) {
      Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
      while (chunks.next().choices().get(0).delta().content().orElse("").isEmpty()) {
        continue;
      }
      write(out, "one");
    }
  }

  private void asyncChat(ChatCompletionCreateParams params, Scenes.Answer out) throws Exception {
    async
        .chat()
        .completions()
        .create(params)
        .thenAccept(a -> write(out, a.choices().get(0).message().content().orElseThrow()))
        .get(30, TimeUnit.SECONDS);
  }

  private void asyncChatStream(ChatCompletionCreateParams params, Scenes.Answer out)
      throws Exception {
    AsyncStreamResponse<ChatCompletionChunk> stream =
        async.chat().completions().createStreaming(params);
    stream.subscribe(chunk -> text(chunk, out));
    stream.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }

  /** Which of the two chunk objects belongs to which call is known by identity only. */
  private void twoAtOnce(Scenes.Answer out) throws Exception {
    AsyncStreamResponse<ChatCompletionChunk> first =
        async.chat().completions().createStreaming(chat("m-first"));
    AsyncStreamResponse<ChatCompletionChunk> second =
        async.chat().completions().createStreaming(chat("m-second-slow"));
    second.subscribe(chunk -> text(chunk, out));
    first.subscribe(chunk -> text(chunk, out));
    first.onCompleteFuture().get(30, TimeUnit.SECONDS);
    second.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }

  private void failing() {
    try {
      client.chat().completions().create(chat("m-refused"));
    } catch (RuntimeException e) {
      // As it should be; so are the others.
    }
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat("m-refused"))) {
      stream.stream().forEach(chunk -> {});
    } catch (RuntimeException e) {
      // Refused before the first chunk.
    }
    AsyncStreamResponse<ChatCompletionChunk> stream =
        async.chat().completions().createStreaming(chat("m-refused"));
    stream.subscribe(chunk -> {});
    try {
      stream.onCompleteFuture().join();
    } catch (RuntimeException e) {
      // No stream came.
    }
  }

  private void responseWhole(ResponseCreateParams params, Scenes.Answer out) {
    out.write("" + client.responses().create(params).output());
  }

  private void responseStream(ResponseCreateParams params, Scenes.Answer out) {
    try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
      stream.stream().forEach(event -> text(event, out));
    }
  }

  private void asyncResponse(ResponseCreateParams params, Scenes.Answer out) throws Exception {
    async
        .responses()
        .create(params)
        .thenAccept(answer -> write(out, "" + answer.output()))
        .get(30, TimeUnit.SECONDS);
  }

  private void asyncResponseStream(ResponseCreateParams params, Scenes.Answer out)
      throws Exception {
    AsyncStreamResponse<ResponseStreamEvent> stream = async.responses().createStreaming(params);
    stream.subscribe(event -> text(event, out));
    stream.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }

  private static void text(ChatCompletionChunk chunk, Scenes.Answer out) {
    chunk.choices().forEach(choice -> choice.delta().content().ifPresent(text -> write(out, text)));
  }

  private static void text(ResponseStreamEvent event, Scenes.Answer out) {
    event.outputTextDelta().ifPresent(delta -> write(out, delta.delta()));
  }

  private static void write(Scenes.Answer out, String text) {
    if (!text.isEmpty()) {
      out.write(text);
    }
  }
}
