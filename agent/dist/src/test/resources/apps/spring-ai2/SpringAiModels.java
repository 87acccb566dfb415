package dev.coldstart.it.app;

import java.util.List;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.resolution.DelegatingToolCallbackResolver;
import org.springframework.ai.tool.resolution.StaticToolCallbackResolver;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;

/** How models and tools are made in Spring AI 2.0, which has them on the providers' SDKs. */
final class SpringAiModels {
  private SpringAiModels() {}

  /** Of a provider at a URL without a path. */
  static ChatModel chat(String provider, String url, String model) {
    return switch (provider) {
      case "openai" -> openAi(url + "/v1", model);
      case "anthropic" -> anthropic(url, model);
      default -> OllamaModels.chat(url, model);
    };
  }

  /** What a model of a provider is called. */
  static String name(String provider) {
    return "m-chat";
  }

  /** Asks another model than the client's. */
  static ChatClientRequestSpec with(ChatClientRequestSpec asked, String model) {
    return asked.options(ChatOptions.builder().model(model));
  }

  private static ChatModel openAi(String url, String model) {
    return OpenAiChatModel.builder()
        .options(
            OpenAiChatOptions.builder()
                .baseUrl(url)
                .apiKey("none")
                .model(model)
                .streamUsage(true)
                .maxRetries(0)
                .build())
        .build();
  }

  private static ChatModel anthropic(String url, String model) {
    return AnthropicChatModel.builder()
        .options(
            AnthropicChatOptions.builder()
                .baseUrl(url)
                .apiKey("none")
                .model(model)
                .maxTokens(100)
                .build())
        .build();
  }

  static EmbeddingModel embedding(String url) {
    return new OpenAiEmbeddingModel(
        OpenAiEmbeddingOptions.builder().baseUrl(url + "/v1").apiKey("none").model("m-embed").build());
  }

  static ToolCallbackResolver resolver(ToolCallback tool) {
    return new DelegatingToolCallbackResolver(
        List.of(new StaticToolCallbackResolver(List.of(tool))));
  }
}
