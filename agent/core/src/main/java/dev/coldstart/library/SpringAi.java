package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.RequestEntry;
import dev.coldstart.weave.Usage;
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
    ModelClient openAi = new OpenAi();
    ModelClient anthropic = new Anthropic();
    ModelClient ollama = new Ollama();
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

  /** One of Spring AI's own clients. */
  private abstract static class Api extends ModelClient {
    private final String system;

    Api(String system) {
      this.system = system;
    }

    @Override
    protected String system(Object self) {
      return system;
    }

    @Override
    protected String model(Object self, Object request) {
      return Read.text(request, "model");
    }

    /** A message with {@code toolCalls} beside its text. */
    static void message(ModelCall call, Object message) {
      if (Read.path(message, "toolCalls") != null) {
        call.toolCall();
      } else {
        call.text(Read.path(message, "content"));
      }
    }
  }

  private static final class OpenAi extends Api implements Usage.Reader {
    OpenAi() {
      super("openai");
    }

    @Override
    protected void read(ModelCall call, Object part) {
      Object answer = body(part);
      if (call.awaitsContent()) {
        Object message = Read.path(answer, "choices", "message");
        message(call, message != null ? message : Read.path(answer, "choices", "delta"));
      }
      call.usage(Read.path(answer, "usage"), this);
    }

    @Override
    public Usage read(Object usage) {
      return Usage.of(
          Read.number(usage, "promptTokens"),
          Read.number(usage, "promptTokensDetails", "cachedTokens"),
          Read.number(usage, "completionTokens"));
    }
  }

  private static final class Anthropic extends Api implements Usage.Reader {
    Anthropic() {
      super("anthropic");
    }

    @Override
    protected void read(ModelCall call, Object part) {
      Object answer = body(part);
      if (call.awaitsContent() && Read.list(answer, "content") instanceof List<?> blocks) {
        for (Object block : blocks) {
          call.text(Read.path(block, "text"));
          // Only the call of a tool has a name.
          if (Read.path(block, "name") != null) {
            call.toolCall();
          }
        }
      }
      call.usage(Read.path(answer, "usage"), this);
    }

    @Override
    public Usage read(Object usage) {
      return Usage.withCacheApart(
          Read.number(usage, "inputTokens"),
          Read.number(usage, "cacheReadInputTokens"),
          Read.number(usage, "cacheCreationInputTokens"),
          Read.number(usage, "outputTokens"));
    }
  }

  /** Tells how long loading the model took, but nothing about a cache. */
  private static final class Ollama extends Api implements Usage.Reader {
    Ollama() {
      super("ollama");
    }

    @Override
    protected void read(ModelCall call, Object part) {
      if (call.awaitsContent()) {
        message(call, Read.path(part, "message"));
      }
      if (Boolean.TRUE.equals(Read.path(part, "done"))) {
        call.usage(part, this);
      }
    }

    @Override
    public Usage read(Object answer) {
      return new Usage(
          Read.number(answer, "promptEvalCount"),
          null,
          null,
          Read.number(answer, "evalCount"),
          Read.number(answer, "loadDuration"));
    }
  }

  /** A whole answer comes in an HTTP entity, a chunk as it is. */
  private static Object body(Object part) {
    Object body = Read.path(part, "getBody");
    return body != null ? body : part;
  }

  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(result));
    }
  }
}
