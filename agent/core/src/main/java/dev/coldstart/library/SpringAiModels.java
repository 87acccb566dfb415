package dev.coldstart.library;

import dev.coldstart.weave.HandOver;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.UsagePaths;
import java.util.List;

/**
 * Spring AI's own clients of providers: one method per HTTP round, so that a tool loop counts each
 * of its calls. Since 2.0 its models of OpenAI and Anthropic use the SDKs of these instead, which
 * are libraries of their own; what is Spring's there is the transport.
 */
public final class SpringAiModels implements Library {
  private static final String AI = "org.springframework.ai.";

  @Override
  public String name() {
    return "spring-ai-models";
  }

  @Override
  public String testedVersions() {
    return "1.0.3, 1.1.8, 2.0.1 (Mistral 1.1.8)";
  }

  @Override
  public List<Probe> probes() {
    ModelClient openAi = new ModelClient(choices("openai"));
    ModelClient mistral = new ModelClient(choices("mistral_ai"));
    ModelClient anthropic = new ModelClient(anthropic());
    ModelClient ollama = new ModelClient(ollama());
    String openAiApi = AI + "openai.api.OpenAiApi";
    String mistralApi = AI + "mistralai.api.MistralAiApi";
    String anthropicApi = AI + "anthropic.api.AnthropicApi";
    String ollamaApi = AI + "ollama.api.OllamaApi";
    String openAiHttp = AI + "openai.http.okhttp.SpringAiOpenAiHttpClient";
    String anthropicHttp = AI + "anthropic.http.okhttp.SpringAiAnthropicHttpClient";
    return List.of(
        whole(openAiApi, "chatCompletionEntity", openAi).arity(2),
        stream(openAiApi, "chatCompletionStream", openAi).arity(2),
        whole(mistralApi, "chatCompletionEntity", mistral),
        stream(mistralApi, "chatCompletionStream", mistral),
        whole(anthropicApi, "chatCompletionEntity", anthropic).arity(2),
        stream(anthropicApi, "chatCompletionStream", anthropic).arity(2),
        whole(ollamaApi, "chat", ollama),
        stream(ollamaApi, "streamingChat", ollama),
        Probe.read(openAiHttp, "execute", new HandOver()).alsoIn(anthropicHttp),
        Probe.read(openAiHttp, "executeAsync", new HandOver()).alsoIn(anthropicHttp));
  }

  private static Probe whole(String type, String method, ModelClient client) {
    return Probe.read(type, method, client.whole());
  }

  private static Probe stream(String type, String method, ModelClient client) {
    return Probe.read(type, method, client.published()).replacingResult();
  }

  /** As OpenAI has them. A whole answer comes in an HTTP entity, a chunk as it is. */
  private static ModelDialect choices(String system) {
    return new ModelDialect(system)
        .model("model")
        .content("getBody", "choices", "message", "content")
        .content("choices", "delta", "content")
        .toolCall("getBody", "choices", "message", "toolCalls")
        .toolCall("choices", "delta", "toolCalls")
        .usage("getBody", "usage")
        .usage("usage")
        .counts(
            new UsagePaths()
                .input("promptTokens")
                .cached("promptTokensDetails", "cachedTokens")
                .output("completionTokens"));
  }

  private static ModelDialect anthropic() {
    return new ModelDialect("anthropic")
        .model("model")
        .content("getBody", "content", "text")
        .content("content", "text")
        // Only the call of a tool has a name.
        .toolCall("getBody", "content", "name")
        .toolCall("content", "name")
        .usage("getBody", "usage")
        .usage("usage")
        .counts(
            new UsagePaths()
                .input("inputTokens")
                .cachedApart("cacheReadInputTokens")
                .writtenApart("cacheCreationInputTokens")
                .output("outputTokens"));
  }

  /** Tells how long loading the model took, but nothing about a cache. */
  private static ModelDialect ollama() {
    return new ModelDialect("ollama")
        .model("model")
        .content("message", "content")
        .toolCall("message", "toolCalls")
        .usage("?done")
        .counts(
            new UsagePaths()
                .input("promptEvalCount")
                .output("evalCount")
                .modelLoad("loadDuration"));
  }
}
