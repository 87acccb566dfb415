package dev.coldstart.it.app;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.JsonValue;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Every way to call a model with the OpenAI SDK. Argument: the URL of the server. */
public final class OpenAiApp implements Scenes.App {
  private static final Map<String, Object> NO_PARAMETERS = Map.of();

  @Override
  public void prepare(Scenes scenes, String[] args) {
    OpenAIClient client = OpenAIOkHttpClient.builder().baseUrl(args[0]).apiKey("none").build();
    OpenAIClientAsync async =
        OpenAIOkHttpClientAsync.builder().baseUrl(args[0]).apiKey("none").build();
    OpenAIClient validating =
        OpenAIOkHttpClient.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .responseValidation(true)
            .build();
    scenes.add(
        "/chat/whole",
        out ->
            out.write(
                client.chat().completions().create(chat()).choices().get(0).message().content()
                    .orElseThrow()));
    scenes.add("/chat/stream", out -> chatStream(client, out));
    scenes.add("/chat/validated", out -> chatStream(validating, out));
    scenes.add(
        "/chat/async",
        out ->
            async
                .chat()
                .completions()
                .create(chat())
                .thenAccept(a -> write(out, a.choices().get(0).message().content().orElseThrow()))
                .get(30, TimeUnit.SECONDS));
    scenes.add("/chat/async-stream", out -> asyncChatStream(async, out));
    scenes.add("/chat/tool", out -> client.chat().completions().create(chatWithTool()));
    scenes.add("/chat/tool-stream", out -> toolStream(client));
    scenes.add("/chat/early", out -> readOneChunk(client, out));
    scenes.add(
        "/responses/whole", out -> out.write("" + client.responses().create(response()).output()));
    scenes.add("/responses/stream", out -> responseStream(client, out));
    scenes.add(
        "/responses/async",
        out ->
            async
                .responses()
                .create(response())
                .thenAccept(answer -> write(out, "" + answer.output()))
                .get(30, TimeUnit.SECONDS));
    scenes.add("/responses/async-stream", out -> asyncResponseStream(async, out));
    scenes.add(
        "/responses/tool", out -> client.responses().create(responseWithTool()));
    scenes.add("/responses/tool-stream", out -> responseToolStream(client));
    scenes.add("/embed", out -> client.embeddings().create(embedding()));
    scenes.add("/embed/async", out -> async.embeddings().create(embedding()).get());
    scenes.add("/chat/two", out -> twoAtOnce(async, out));
    scenes.add("/chat/failing", out -> failing(client, async));
  }

  private static ChatCompletionCreateParams chat() {
    return chat("m-chat");
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

  private static ChatCompletionCreateParams chatWithTool() {
    return chatBuilder("m-chat")
        .addFunctionTool(
            FunctionDefinition.builder()
                .name("today")
                .parameters(
                    FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(NO_PARAMETERS))
                        .build())
                .build())
        .build();
  }

  private static ResponseCreateParams response() {
    return ResponseCreateParams.builder().model("m-responses").input("Hello").build();
  }

  private static ResponseCreateParams responseWithTool() {
    return ResponseCreateParams.builder()
        .model("m-responses")
        .input("Hello")
        .addTool(
            FunctionTool.builder()
                .name("today")
                .strict(false)
                .parameters(
                    FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .build())
                .build())
        .build();
  }

  private static EmbeddingCreateParams embedding() {
    return EmbeddingCreateParams.builder().model("m-embed").input("Hello").build();
  }

  private static void chatStream(OpenAIClient client, Scenes.Answer out) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat())) {
      stream.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .forEach(choice -> choice.delta().content().ifPresent(text -> write(out, text)));
    }
  }

  private static void toolStream(OpenAIClient client) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chatWithTool())) {
      stream.stream().forEach(chunk -> {});
    }
  }

  private static void readOneChunk(OpenAIClient client, Scenes.Answer out) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat())) {
      Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
      while (chunks.next().choices().get(0).delta().content().orElse("").isEmpty()) {
        continue;
      }
      write(out, "one");
    }
  }

  private static void asyncChatStream(OpenAIClientAsync client, Scenes.Answer out)
      throws Exception {
    AsyncStreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat());
    stream.subscribe(chunk -> text(chunk, out));
    stream.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }

  /** Which of the two chunk objects belongs to which call is known by identity only. */
  private static void twoAtOnce(OpenAIClientAsync client, Scenes.Answer out) throws Exception {
    AsyncStreamResponse<ChatCompletionChunk> first =
        client.chat().completions().createStreaming(chat("m-first"));
    AsyncStreamResponse<ChatCompletionChunk> second =
        client.chat().completions().createStreaming(chat("m-second-slow"));
    second.subscribe(chunk -> text(chunk, out));
    first.subscribe(chunk -> text(chunk, out));
    first.onCompleteFuture().get(30, TimeUnit.SECONDS);
    second.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }

  private static void failing(OpenAIClient client, OpenAIClientAsync async) {
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

  private static void responseStream(OpenAIClient client, Scenes.Answer out) {
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(response())) {
      stream.stream().forEach(event -> text(event, out));
    }
  }

  private static void responseToolStream(OpenAIClient client) {
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(responseWithTool())) {
      stream.stream().forEach(event -> {});
    }
  }

  private static void asyncResponseStream(OpenAIClientAsync client, Scenes.Answer out)
      throws Exception {
    AsyncStreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(response());
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
