package dev.coldstart.it.app;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialStreamingChatModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** LangChain4j over OpenAI's SDK over OkHttp. Argument: the URL of the server. */
public final class NestedApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    ChatModel whole =
        OpenAiOfficialChatModel.builder().baseUrl(args[0]).apiKey("none").modelName("m-n").build();
    StreamingChatModel streaming =
        OpenAiOfficialStreamingChatModel.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .modelName("m-n")
            .build();
    scenes.add("/whole", out -> whole(whole, out.model("m-n"), out));
    scenes.add("/stream", out -> stream(streaming, out.model("m-n"), out));
    scenes.add("/repeated", out -> whole(whole, "m-1-flaky", out));
    scenes.add("/repeated-stream", out -> stream(streaming, "m-2-flaky", out));
    scenes.add("/failing", out -> whole(whole, "m-refused", out));
  }

  private static ChatRequest hello(String model) {
    return ChatRequest.builder()
        .messages(UserMessage.from("Hello"))
        .parameters(ChatRequestParameters.builder().modelName(model).build())
        .build();
  }

  private static void whole(ChatModel client, String model, Scenes.Answer out) {
    out.write(client.chat(hello(model)).aiMessage().text());
  }

  private static void stream(StreamingChatModel client, String model, Scenes.Answer out)
      throws Exception {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    client.chat(
        hello(model),
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String text) {
            out.write(text);
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
}
