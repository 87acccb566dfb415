package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.PublisherWatch;
import dev.coldstart.weave.Read;
import java.util.List;

/**
 * Spring AI 1.x: model calls through its own OpenAI client (one method per HTTP round, so that a
 * tool loop counts each of its calls), tools, chat clients, embeddings, vector-store searches.
 */
public final class SpringAi implements Library {
  private static final String API = "org.springframework.ai.openai.api.OpenAiApi";
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
    return List.of(
        Probe.read(API, "chatCompletionEntity", new Call()).arity(2),
        Probe.read(API, "chatCompletionStream", new Stream()).arity(2).replacingResult(),
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

  private static ModelCall named(ModelCall call, Object request) {
    call.model = Read.text(request, "model");
    return call;
  }

  private static final class Call extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      return named(ModelCall.enter("openai", false), args[0]);
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = (ModelCall) state;
      call.leave();
      Object message = Read.path(result, "getBody", "choices", "message");
      if (Read.path(message, "toolCalls") != null) {
        call.toolCall();
      } else if (message != null) {
        call.content();
      }
      call.usage(Read.path(result, "getBody", "usage"), new Tokens());
      call.end(thrown != null);
      return result;
    }
  }

  private static final class Stream extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      return thrown == null ? PublisherWatch.of(result, new Chunks(args[0])) : result;
    }
  }

  /** One subscription to a streamed answer. */
  private static final class Chunks implements PublisherWatch.Listener {
    private final String model;
    private final long assembledNanos = System.nanoTime();
    private volatile ModelCall call;

    Chunks(Object request) {
      model = Read.text(request, "model");
    }

    @Override
    public void subscribed() {
      // The source is subscribed first and sends at once; a retry subscribes again, later.
      call = ModelCall.detached("openai", true, call == null ? assembledNanos : System.nanoTime());
      call.model = model;
    }

    @Override
    public void next(Object chunk) {
      ModelCall c = call;
      if (c.awaitsContent()) {
        Object delta = Read.path(chunk, "choices", "delta");
        if (Read.path(delta, "content") instanceof String text && !text.isEmpty()) {
          c.content();
        } else if (Read.path(delta, "toolCalls") != null) {
          c.toolCall();
        }
      }
      c.usage(Read.path(chunk, "usage"), new Tokens());
    }

    @Override
    public void ended(boolean failed) {
      call.end(failed);
    }
  }

  private static final class Tokens implements ModelCall.Usage {
    @Override
    public Long[] read(Object usage) {
      return new Long[] {
        Read.number(usage, "promptTokens"),
        Read.number(usage, "promptTokensDetails", "cachedTokens"),
        Read.number(usage, "completionTokens")
      };
    }
  }

  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(result));
    }
  }
}
