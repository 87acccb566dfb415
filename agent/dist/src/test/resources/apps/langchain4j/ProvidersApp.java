package dev.coldstart.it.app;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** LangChain4j's clients of other providers than OpenAI. Argument: URL of a server for all. */
public final class ProvidersApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    String url = args[0];
    whole(
        scenes,
        "anthropic",
        AnthropicChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("none")
            .modelName("m-chat")
            .cacheSystemMessages(true)
            .build());
    streamed(
        scenes,
        "anthropic",
        AnthropicStreamingChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("none")
            .modelName("m-chat")
            .cacheSystemMessages(true)
            .build());
    whole(
        scenes,
        "gemini",
        GoogleAiGeminiChatModel.builder()
            .baseUrl(url + "/v1beta")
            .apiKey("none")
            .modelName("m-chat")
            .build());
    streamed(
        scenes,
        "gemini",
        GoogleAiGeminiStreamingChatModel.builder()
            .baseUrl(url + "/v1beta")
            .apiKey("none")
            .modelName("m-chat")
            .build());
    whole(scenes, "ollama", OllamaChatModel.builder().baseUrl(url).modelName("m-chat").build());
    streamed(
        scenes, "ollama", OllamaStreamingChatModel.builder().baseUrl(url).modelName("m-chat").build());
    whole(
        scenes,
        "mistral",
        MistralAiChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("none")
            .modelName("m-chat-mistral")
            .build());
    streamed(
        scenes,
        "mistral",
        MistralAiStreamingChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("none")
            .modelName("m-chat-mistral")
            .build());
    whole(
        scenes,
        "bedrock",
        BedrockChatModel.builder()
            .client(at(url, BedrockRuntimeClient.builder()).build())
            .modelId("m-chat")
            .build());
    streamed(
        scenes,
        "bedrock",
        BedrockStreamingChatModel.builder()
            .client(
                at(url, BedrockRuntimeAsyncClient.builder())
                    .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                    .build())
            .modelId("m-chat")
            .build());
  }

  private static <B extends AwsClientBuilder<B, ?>> B at(String url, B builder) {
    return builder
        .endpointOverride(URI.create(url))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
  }

  private static void whole(Scenes scenes, String provider, ChatModel model) {
    scenes.add("/" + provider + "/whole", out -> out.write(model.chat("Hello")));
  }

  private static void streamed(Scenes scenes, String provider, StreamingChatModel model) {
    scenes.add("/" + provider + "/stream", out -> LangChain4jApp.stream(model, out::write));
  }
}
