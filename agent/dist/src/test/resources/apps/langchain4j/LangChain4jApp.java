package dev.coldstart.it.app;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.output.JsonSchemas;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** LangChain4j with a model server. Argument: its URL. */
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
    ChatModel chat = chat(args[0], "m-chat");
    StreamingChatModel streaming = streaming(args[0], "m-chat");
    EmbeddingModel embedding =
        OpenAiEmbeddingModel.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .modelName("m-embed")
            .build();
    Whole withTool =
        AiServices.builder(Whole.class).chatModel(chat).tools(new Calendar()).build();
    Streamed streamedWithTool =
        AiServices.builder(Streamed.class)
            .streamingChatModel(streaming)
            .tools(new Calendar())
            .build();
    scenes.add("/chat/whole", out -> whole(chat, out));
    scenes.add("/chat/stream", out -> stream(streaming, hello(out), out::write));
    scenes.add("/service/tool", out -> out.write(withTool.chat("Hello")));
    scenes.add("/service/tool-stream", out -> stream(streamedWithTool.chat("Hello"), out));
    scenes.add(
        "/service/build",
        out ->
            AiServices.builder(Whole.class)
                .chatModel(chat)
                .tools(new Calendar())
                .build()
                .chat("Hello"));
    scenes.add("/embed", out -> embedding.embed("Hello"));
    scenes.add(
        "/embed/all",
        out -> embedding.embedAll(List.of(TextSegment.from("one"), TextSegment.from("two"))));
    scenes.add("/schema/output", out -> JsonSchemas.jsonSchemaFrom(Order.class));
    scenes.add("/schema/tool", out -> ToolSpecifications.toolSpecificationsFrom(Shop.class));
    scenes.add("/chat/failing", out -> failing(args[0], out));
  }

  private static ChatModel chat(String url, String model) {
    return OpenAiChatModel.builder()
        .baseUrl(url)
        .apiKey("none")
        .modelName(model)
        .maxRetries(0)
        .build();
  }

  private static StreamingChatModel streaming(String url, String model) {
    return OpenAiStreamingChatModel.builder().baseUrl(url).apiKey("none").modelName(model).build();
  }

  private static ChatRequest hello(Scenes.Answer out) {
    return ChatRequest.builder()
        .messages(UserMessage.from("Hello"))
        .modelName(out.model("m-chat"))
        .build();
  }

  private static void whole(ChatModel model, Scenes.Answer out) {
    out.write(model.chat(hello(out)).aiMessage().text());
  }

  static void stream(StreamingChatModel model, Consumer<String> out) throws Exception {
    stream(model, ChatRequest.builder().messages(UserMessage.from("Hello")).build(), out);
  }

  private static void stream(
      StreamingChatModel model, ChatRequest request, Consumer<String> out) throws Exception {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    model.chat(
        request,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String text) {
            out.accept(text);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
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
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    stream
        .onPartialResponse(out::write)
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    done.get(30, TimeUnit.SECONDS);
  }

  private static void failing(String url, Scenes.Answer out) {
    try {
      chat(url, "m-refused").chat("Hello");
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
