package dev.coldstart.demo.springai;

import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** The chat and the embedding model. */
@Configuration(proxyBeanMethods = false)
@Lazy
class ModelConfiguration {
  @Bean
  OpenAiApi openAiApi(ShopProperties shop, RestClient.Builder rest, WebClient.Builder web) {
    return OpenAiApi.builder()
        .baseUrl(shop.modelUrl())
        .completionsPath("/chat/completions")
        .embeddingsPath("/embeddings")
        .apiKey("not-needed")
        .restClientBuilder(rest)
        .webClientBuilder(web)
        .build();
  }

  @Bean
  OpenAiChatModel chatModel(OpenAiApi api) {
    return OpenAiChatModel.builder()
        .openAiApi(api)
        .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").streamUsage(true).build())
        .build();
  }

  @Bean
  OpenAiEmbeddingModel embeddingModel(OpenAiApi api) {
    OpenAiEmbeddingOptions options =
        OpenAiEmbeddingOptions.builder().model("text-embedding-3-small").build();
    return new OpenAiEmbeddingModel(api, MetadataMode.EMBED, options);
  }
}
