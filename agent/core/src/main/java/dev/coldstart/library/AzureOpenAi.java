package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.UsagePaths;
import java.util.List;

/**
 * Azure's own client for OpenAI models: chat completions and embeddings, blocking and reactive. The
 * model is the deployment that is called.
 */
public final class AzureOpenAi implements Library {
  private static final String CLIENT = "com.azure.ai.openai.OpenAIClient";
  private static final String ASYNC = "com.azure.ai.openai.OpenAIAsyncClient";
  private static final String STREAM = "com.azure.core.util.IterableStream";
  private static final String EMBEDDING = "embedding call";

  @Override
  public String name() {
    return "azure-ai-openai";
  }

  @Override
  public String testedVersions() {
    return "1.0.0-beta.16 (with Semantic Kernel beta.11, beta.12)";
  }

  @Override
  public List<Probe> probes() {
    ModelClient api = new ModelClient(dialect());
    // The overload with raw JSON is what the others call.
    String options = "models/ChatCompletionsOptions;";
    return List.of(
        Probe.read(CLIENT, "getChatCompletions", api.whole()),
        Probe.read(CLIENT, "getChatCompletionsWithResponse", api.whole()).taking(options),
        Probe.read(ASYNC, "getChatCompletions", api.publishedWhole()).replacingResult(),
        Probe.read(ASYNC, "getChatCompletionsWithResponse", api.publishedWhole())
            .taking(options)
            .replacingResult(),
        Probe.read(CLIENT, "getChatCompletionsStream", api.streamed()),
        Probe.read(CLIENT, "getChatCompletionsStreamWithResponse", api.streamed()),
        Probe.read(ASYNC, "getChatCompletionsStream", api.published()).replacingResult(),
        Probe.read(ASYNC, "getChatCompletionsStreamWithResponse", api.published())
            .replacingResult(),
        Probe.read(STREAM, "<init>", api.made()),
        Probe.read(STREAM, "iterator", api.parts()).replacingResult(),
        Probe.read(STREAM, "stream", api.parts()).replacingResult(),
        Probe.time(Phase.EMBEDDING, EMBEDDING, CLIENT, "getEmbeddings"),
        Probe.timePublisher(Phase.EMBEDDING, EMBEDDING, ASYNC, "getEmbeddings"));
  }

  private static ModelDialect dialect() {
    return new ModelDialect("azure.ai.openai")
        .model()
        .content("getChoices", "getMessage", "getContent")
        .content("getChoices", "getDelta", "getContent")
        .content("getValue", "getChoices", "getMessage", "getContent")
        .content("getValue", "getChoices", "getDelta", "getContent")
        .toolCall("getChoices", "getMessage", "getToolCalls")
        .toolCall("getChoices", "getDelta", "getToolCalls")
        .toolCall("getValue", "getChoices", "getMessage", "getToolCalls")
        .toolCall("getValue", "getChoices", "getDelta", "getToolCalls")
        .usage("getUsage")
        .usage("getValue", "getUsage")
        .counts(
            new UsagePaths()
                .input("getPromptTokens")
                .cached("getPromptTokensDetails", "getCachedTokens")
                .output("getCompletionTokens"));
  }
}
