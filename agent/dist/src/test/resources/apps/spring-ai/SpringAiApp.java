package dev.coldstart.it.app;

import java.time.Duration;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.RetryUtils;
import org.springframework.ai.tool.annotation.Tool;

/** Spring AI with a model server. Argument: its URL. */
public final class SpringAiApp implements Scenes.App {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  public static final class Calendar {
    @Tool
    public String today() {
      return "Monday";
    }
  }

  @Override
  public void prepare(Scenes scenes, String[] args) {
    OpenAiApi api = api(args[0]);
    ChatClient client = ChatClient.create(model(api, "m-chat"));
    ChatClient withTool =
        ChatClient.builder(model(api, "m-chat")).defaultTools(new Calendar()).build();
    OpenAiEmbeddingModel embedding =
        new OpenAiEmbeddingModel(
            api, MetadataMode.EMBED, OpenAiEmbeddingOptions.builder().model("m-embed").build());
    scenes.add("/chat/whole", out -> out.write(client.prompt("Hello").call().content()));
    scenes.add("/chat/stream", out -> stream(client, out));
    scenes.add("/chat/tool", out -> out.write(withTool.prompt("Hello").call().content()));
    scenes.add("/chat/tool-stream", out -> stream(withTool, out));
    scenes.add(
        "/build",
        out ->
            ChatClient.builder(model(api, "m-chat"))
                .defaultTools(new Calendar())
                .build()
                .prompt("Hello")
                .call()
                .content());
    scenes.add("/embed", out -> embedding.embed("Hello"));
    scenes.add("/chat/failing", out -> failing(ChatClient.create(model(api, "m-refused")), out));
  }

  static OpenAiApi api(String url) {
    return OpenAiApi.builder()
        .baseUrl(url)
        .completionsPath("/chat/completions")
        .embeddingsPath("/embeddings")
        .apiKey("none")
        .build();
  }

  private static OpenAiChatModel model(OpenAiApi api, String name) {
    return OpenAiChatModel.builder()
        .openAiApi(api)
        .retryTemplate(RetryUtils.SHORT_RETRY_TEMPLATE)
        .defaultOptions(OpenAiChatOptions.builder().model(name).streamUsage(true).build())
        .build();
  }

  private static void stream(ChatClient client, Scenes.Answer out) {
    client.prompt("Hello").stream().content().doOnNext(out::write).blockLast(LIMIT);
  }

  private static void failing(ChatClient client, Scenes.Answer out) {
    try {
      client.prompt("Hello").call().content();
    } catch (RuntimeException e) {
      // As it should be; so is the other.
    }
    try {
      stream(client, out);
    } catch (RuntimeException e) {
      // Refused before the first chunk.
    }
  }
}
