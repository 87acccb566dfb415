package dev.coldstart.it.app;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.ChatLanguageModel;
import dev.langchain4j.model.chat.StreamingChatLanguageModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.output.JsonSchemas;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** LangChain4j before 1.0 with a model server. Argument: its URL. */
public final class LangChain4jApp implements Scenes.App {
  interface Whole {
    String chat(String question);
  }

  interface Streamed {
    TokenStream chat(String question);
  }

  public static final class Calendar {
    @Tool
    String today() {
      return "Monday";
    }
  }

  /** What a schema is made of. */
  public record Order(String id, Item item) {}

  /** A part of it. */
  public record Item(String name) {}

  public static final class Shop {
    @Tool
    String buy(Order order) {
      return order.id();
    }
  }

  @Override
  public void prepare(Scenes scenes, String[] args) {
    ChatLanguageModel chat = chat(args[0], "m-chat");
    StreamingChatLanguageModel streaming = streaming(args[0], "m-chat");
    add(scenes, "chat", chat, streaming);
    String root = args[0].replace("/v1", "");
    add(
        scenes,
        "ollama",
        OllamaChatModel.builder().baseUrl(root).modelName("m-chat").build(),
        OllamaStreamingChatModel.builder().baseUrl(root).modelName("m-chat").build());
    add(
        scenes,
        "mistral",
        MistralAiChatModel.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .modelName("m-chat-mistral")
            .build(),
        MistralAiStreamingChatModel.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .modelName("m-chat-mistral")
            .build());
    Whole withTool =
        AiServices.builder(Whole.class).chatLanguageModel(chat).tools(new Calendar()).build();
    Streamed streamedWithTool =
        AiServices.builder(Streamed.class)
            .streamingChatLanguageModel(streaming)
            .tools(new Calendar())
            .build();
    scenes.add("/service/tool", out -> out.write(withTool.chat("Hello")));
    scenes.add("/service/tool-stream", out -> stream(streamedWithTool.chat("Hello"), out));
    scenes.add(
        "/service/build",
        out ->
            AiServices.builder(Whole.class)
                .chatLanguageModel(chat)
                .tools(new Calendar())
                .build()
                .chat("Hello"));
    EmbeddingModel embedding =
        OpenAiEmbeddingModel.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .modelName("m-embed")
            .build();
    scenes.add("/embed", out -> embedding.embed("Hello"));
    scenes.add(
        "/embed/all",
        out -> embedding.embedAll(List.of(TextSegment.from("one"), TextSegment.from("two"))));
    scenes.add("/schema/output", out -> JsonSchemas.jsonSchemaFrom(Order.class));
    scenes.add("/schema/tool", out -> ToolSpecifications.toolSpecificationsFrom(Shop.class));
    scenes.add("/chat/failing", out -> failing(args[0], out));
  }

  private static void add(
      Scenes scenes,
      String provider,
      ChatLanguageModel chat,
      StreamingChatLanguageModel streaming) {
    scenes.add("/" + provider + "/whole", out -> out.write(chat.generate("Hello")));
    scenes.add("/" + provider + "/stream", out -> stream(streaming, out::write));
  }

  private static ChatLanguageModel chat(String url, String model) {
    return OpenAiChatModel.builder()
        .baseUrl(url)
        .apiKey("none")
        .modelName(model)
        .maxRetries(1)
        .build();
  }

  private static StreamingChatLanguageModel streaming(String url, String model) {
    return OpenAiStreamingChatModel.builder().baseUrl(url).apiKey("none").modelName(model).build();
  }

  private static void stream(StreamingChatLanguageModel model, Consumer<String> out)
      throws Exception {
    CompletableFuture<Response<AiMessage>> done = new CompletableFuture<>();
    model.generate(
        "Hello",
        new StreamingResponseHandler<>() {
          @Override
          public void onNext(String text) {
            if (!text.isEmpty()) {
              out.accept(text);
            }
          }

          @Override
          public void onComplete(Response<AiMessage> response) {
            done.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            done.completeExceptionally(error);
          }
        });
    done.get(30, TimeUnit.SECONDS);
  }

  private static void stream(TokenStream stream, Scenes.Answer out) throws Exception {
    CompletableFuture<Response<AiMessage>> done = new CompletableFuture<>();
    stream
        .onNext(
            text -> {
              if (!text.isEmpty()) {
                out.write(text);
              }
            })
        .onComplete(done::complete)
        .onError(done::completeExceptionally)
        .start();
    done.get(30, TimeUnit.SECONDS);
  }

  private static void failing(String url, Scenes.Answer out) {
    try {
      chat(url, "m-refused").generate("Hello");
    } catch (RuntimeException e) {
      // As it should be; so is the other.
    }
    try {
      stream(streaming(url, "m-refused"), out::write);
    } catch (Exception e) {
      // Refused before the first chunk.
    }
  }
}
