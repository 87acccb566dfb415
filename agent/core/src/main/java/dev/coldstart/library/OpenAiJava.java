package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.StainlessSdk;
import dev.coldstart.weave.UsagePaths;
import java.util.List;

/**
 * The official OpenAI SDK: chat completions and responses, whole and streamed, blocking and
 * asynchronous, and embeddings.
 */
public final class OpenAiJava implements Library {
  @Override
  public String name() {
    return "openai-java";
  }

  @Override
  public String testedVersions() {
    return "2.0.0, 4.101.0";
  }

  @Override
  public List<Probe> probes() {
    StainlessSdk sdk = new StainlessSdk("com.openai.", new ModelClient(dialect()));
    List<Probe> probes = sdk.calls("chat.ChatCompletionService", "ResponseService");
    String embeddings = "EmbeddingService";
    probes.add(
        Probe.time(Phase.EMBEDDING, "embedding call", sdk.blocking(embeddings), "create").arity(2));
    probes.add(
        Probe.timePublisher(Phase.EMBEDDING, "embedding call", sdk.async(embeddings), "create")
            .arity(2));
    return probes;
  }

  /** Both APIs, whole answers and chunks. */
  private static ModelDialect dialect() {
    return new ModelDialect("openai")
        .model("model", "asString")
        // The model of a response is one of three types.
        .model("model", "chat", "asString")
        .content("choices", "message", "content")
        .content("choices", "delta", "content")
        .content("outputTextDelta", "delta")
        .content("output", "message", "content", "outputText", "text")
        .toolCall("choices", "message", "toolCalls")
        .toolCall("choices", "delta", "toolCalls")
        .toolCall("outputItemAdded", "item", "functionCall")
        .toolCall("output", "functionCall")
        .usage("usage")
        .usage("completed", "response", "usage")
        .counts(
            new UsagePaths()
                .input("promptTokens")
                .input("inputTokens")
                .cached("promptTokensDetails", "cachedTokens")
                .cached("inputTokensDetails", "cachedTokens")
                .written("promptTokensDetails", "cacheWriteTokens")
                .output("completionTokens")
                .output("outputTokens"));
  }
}
