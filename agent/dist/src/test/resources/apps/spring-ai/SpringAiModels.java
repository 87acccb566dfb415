package dev.coldstart.it.app;

import java.util.List;
import java.util.function.Function;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.mistralai.MistralAiChatModel;
import org.springframework.ai.mistralai.MistralAiChatOptions;
import org.springframework.ai.mistralai.api.MistralAiApi;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.RetryUtils;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.resolution.DelegatingToolCallbackResolver;
import org.springframework.ai.tool.resolution.SpringBeanToolCallbackResolver;
import org.springframework.ai.tool.resolution.StaticToolCallbackResolver;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.context.annotation.Description;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** How models and tools are made in Spring AI 1.x, which has clients of its own. */
final class SpringAiModels {
  private SpringAiModels() {}

  /** Of a provider at a URL without a path. */
  static ChatModel chat(String provider, String url, String model) {
    return switch (provider) {
      case "openai" -> openAi(url, model);
      case "mistral" -> mistral(url, model);
      case "anthropic" -> anthropic(url, model);
      default -> OllamaModels.chat(url, model);
    };
  }

  /** What a model of a provider is called. */
  static String name(String provider) {
    return provider.equals("mistral") ? "m-chat-mistral" : "m-chat";
  }

  /** Asks another model than the client's. */
  static ChatClientRequestSpec with(ChatClientRequestSpec asked, String model) {
    return asked.options(ChatOptions.builder().model(model).build());
  }

  private static ChatModel openAi(String url, String model) {
    return OpenAiChatModel.builder()
        .openAiApi(api(url))
        .retryTemplate(RetryUtils.SHORT_RETRY_TEMPLATE)
        .defaultOptions(OpenAiChatOptions.builder().model(model).streamUsage(true).build())
        .build();
  }

  private static ChatModel mistral(String url, String model) {
    return MistralAiChatModel.builder()
        .mistralAiApi(
            new MistralAiApi(
                url,
                "none",
                RestClient.builder(),
                WebClient.builder(),
                RetryUtils.DEFAULT_RESPONSE_ERROR_HANDLER))
        .retryTemplate(RetryUtils.SHORT_RETRY_TEMPLATE)
        .defaultOptions(MistralAiChatOptions.builder().model(model).build())
        .build();
  }

  private static ChatModel anthropic(String url, String model) {
    return AnthropicChatModel.builder()
        .anthropicApi(AnthropicApi.builder().baseUrl(url).apiKey("none").build())
        .defaultOptions(AnthropicChatOptions.builder().model(model).maxTokens(100).build())
        .build();
  }

  static EmbeddingModel embedding(String url) {
    return new OpenAiEmbeddingModel(
        api(url), MetadataMode.EMBED, OpenAiEmbeddingOptions.builder().model("m-embed").build());
  }

  static OpenAiApi api(String url) {
    return OpenAiApi.builder()
        .baseUrl(url)
        .apiKey("none")
        .build();
  }

  /** Asks the beans, then a list with one tool. */
  static ToolCallbackResolver resolver(ToolCallback tool) {
    GenericApplicationContext context = new GenericApplicationContext();
    context.registerBean("weather", Weather.class, Weather::new);
    context.refresh();
    return new DelegatingToolCallbackResolver(
        List.of(
            new StaticToolCallbackResolver(List.of(tool)),
            SpringBeanToolCallbackResolver.builder().applicationContext(context).build()));
  }

  @Description("what it is like")
  static final class Weather implements Function<SpringAiApp.Place, String> {
    @Override
    public String apply(SpringAiApp.Place place) {
      return "sunny";
    }
  }
}
