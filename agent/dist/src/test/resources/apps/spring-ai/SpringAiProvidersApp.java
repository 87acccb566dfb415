package dev.coldstart.it.app;

import java.time.Duration;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;

/** Spring AI's clients of other providers than OpenAI. Argument: URL of a server for all. */
public final class SpringAiProvidersApp implements Scenes.App {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public void prepare(Scenes scenes, String[] args) {
    ChatModel anthropic =
        AnthropicChatModel.builder()
            .anthropicApi(AnthropicApi.builder().baseUrl(args[0]).apiKey("none").build())
            .defaultOptions(AnthropicChatOptions.builder().model("m").maxTokens(100).build())
            .build();
    add(scenes, "anthropic", ChatClient.create(anthropic), "/whole", "/stream");
    add(
        scenes,
        "anthropic",
        ChatClient.builder(anthropic).defaultTools(new SpringAiApp.Calendar()).build(),
        "/tool",
        "/tool-stream");
    add(
        scenes,
        "ollama",
        ChatClient.create(
            OllamaChatModel.builder()
                .ollamaApi(OllamaApi.builder().baseUrl(args[0]).build())
                .defaultOptions(OllamaChatOptions.builder().model("m").build())
                .build()),
        "/whole",
        "/stream");
  }

  private static void add(
      Scenes scenes, String provider, ChatClient client, String whole, String streamed) {
    scenes.add("/" + provider + whole, out -> out.write(client.prompt("Hello").call().content()));
    scenes.add(
        "/" + provider + streamed,
        out -> client.prompt("Hello").stream().content().doOnNext(out::write).blockLast(LIMIT));
  }
}
