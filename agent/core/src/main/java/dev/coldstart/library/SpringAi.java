package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.RequestEntry;
import dev.coldstart.weave.UsagePaths;
import java.util.List;

/**
 * Spring AI 1.x: model calls through its own clients of OpenAI, Anthropic and Ollama (one method
 * per HTTP round, so that a tool loop counts each of its calls), tools, chat clients, embeddings,
 * vector-store searches.
 */
public final class SpringAi implements Library {
  private static final String OPENAI = "org.springframework.ai.openai.api.OpenAiApi";
  private static final String ANTHROPIC = "org.springframework.ai.anthropic.api.AnthropicApi";
  private static final String OLLAMA = "org.springframework.ai.ollama.api.OllamaApi";
  private static final String MANAGER =
      "org.springframework.ai.model.tool.DefaultToolCallingManager";

  @Override
  public String name() {
    return "spring-ai";
  }

  @Override
  public String testedVersions() {
    return "1.1.8";
  }

  @Override
  public List<Probe> probes() {
    ModelClient openAi = new ModelClient(openAi());
    ModelClient anthropic = new ModelClient(anthropic());
    ModelClient ollama = new ModelClient(ollama());
    return List.of(
        Probe.read(OPENAI, "chatCompletionEntity", openAi.whole()).arity(2),
        Probe.read(OPENAI, "chatCompletionStream", openAi.published()).arity(2).replacingResult(),
        Probe.read(ANTHROPIC, "chatCompletionEntity", anthropic.whole()).arity(2),
        Probe.read(ANTHROPIC, "chatCompletionStream", anthropic.published())
            .arity(2)
            .replacingResult(),
        Probe.read(OLLAMA, "chat", ollama.whole()).arity(1),
        Probe.read(OLLAMA, "streamingChat", ollama.published()).arity(1).replacingResult(),
        Probe.time(
                Phase.TOOL_REGISTRY,
                "tools: schemas",
                "org.springframework.ai.tool.method.MethodToolCallbackProvider",
                "getToolCallbacks")
            .noting(new Count()),
        Probe.time(
                Phase.TOOL_REGISTRY,
                "mcp tools",
                "org.springframework.ai.mcp.SyncMcpToolCallbackProvider",
                "getToolCallbacks")
            .alsoIn("org.springframework.ai.mcp.AsyncMcpToolCallbackProvider")
            .noting(new Count()),
        Probe.time(Phase.TOOL_REGISTRY, "tools of this request", MANAGER, "resolveToolDefinitions"),
        Probe.time(Phase.TOOL_CALL, "tool calls", MANAGER, "executeToolCalls"),
        Probe.read(
            "org.springframework.ai.chat.client.DefaultChatClient$DefaultCallResponseSpec",
            "doGetObservableChatClientResponse",
            RequestEntry.ofAgent("chat client")),
        Probe.time(
            Phase.AGENT_BUILD,
            "chat client",
            "org.springframework.ai.chat.client.DefaultChatClientBuilder",
            "build"),
        Probe.time(
            Phase.EMBEDDING,
            "embedding call",
            "org.springframework.ai.openai.OpenAiEmbeddingModel",
            "call"),
        Probe.time(
            Phase.VECTOR_STORE_QUERY,
            "vector search",
            "org.springframework.ai.vectorstore.observation.AbstractObservationVectorStore",
            "similaritySearch"));
  }

  /** A whole answer comes in an HTTP entity, a chunk as it is. */
  private static ModelDialect openAi() {
    return new ModelDialect("openai")
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

  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(result));
    }
  }
}
