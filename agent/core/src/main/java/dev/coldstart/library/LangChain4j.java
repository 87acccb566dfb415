package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.HandOver;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.RequestEntry;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.Usage;
import java.util.List;
import java.util.Locale;

/**
 * LangChain4j 1.x: model calls of every provider (the interfaces' default methods are the funnel),
 * tools, AI services, embeddings.
 */
public final class LangChain4j implements Library {
  private static final String STREAM = "dev.langchain4j.model.chat.StreamingChatModel";
  private static final String TOOLS = "dev.langchain4j.service.tool.ToolService";
  private static final String EMBEDDINGS = "dev.langchain4j.model.embedding.EmbeddingModel";

  private static final RequestEntry AGENT = RequestEntry.ofAgent("ai service");
  private static final ModelClient CHAT = new Chat();

  @Override
  public String name() {
    return "langchain4j";
  }

  @Override
  public String testedVersions() {
    return "1.19.0 (Ollama 1.18.1, Bedrock 1.11.0)";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read("dev.langchain4j.model.chat.ChatModel", "chat", CHAT.whole()),
        Probe.read(STREAM, "chat", CHAT.streamed()),
        // Made inside chat() on the calling thread, and handed to the provider as its handler.
        Probe.read(STREAM + "$1", "<init>", new HandlerMade()),
        Probe.read(STREAM + "$1", "onPartialResponse", new Text()),
        Probe.read(STREAM + "$1", "onPartialToolCall", new ToolCallPart()),
        Probe.read(STREAM + "$1", "onCompleteToolCall", new ToolCallPart()),
        Probe.read(STREAM + "$1", "onCompleteResponse", new Complete()),
        Probe.read(STREAM + "$1", "onError", new Failed()),
        Probe.read("dev.langchain4j.http.client.jdk.JdkHttpClient", "execute", new HandOver()),
        Probe.time(Phase.TOOL_REGISTRY, "tools: schemas", TOOLS, "tools"),
        Probe.time(Phase.TOOL_REGISTRY, "tools of this request", TOOLS, "createContext"),
        Probe.time(Phase.TOOL_CALL, "tool call", TOOLS, "executeWithErrorHandling")
            .noting(new ToolName()),
        Probe.read("dev.langchain4j.service.DefaultAiServices$1", "invoke", AGENT)
            .taking("(Ljava/lang/Object;Ljava/lang/reflect/Method;"),
        Probe.time(
            Phase.AGENT_BUILD, "ai service", "dev.langchain4j.service.DefaultAiServices", "build"),
        Probe.time(Phase.EMBEDDING, "embedding call", EMBEDDINGS, "embed"));
  }

  /** {@code chat(..)}: the overloads nest and share one call. */
  private static final class Chat extends ModelClient {
    @Override
    protected String system(Object self) {
      Object provider = Read.path(self, "provider");
      String name = provider == null ? "" : provider.toString();
      // As OpenTelemetry names them.
      return switch (name) {
        case "" -> null;
        case "OPEN_AI" -> "openai";
        case "AZURE_OPEN_AI" -> "azure.ai.openai";
        case "AMAZON_BEDROCK" -> "aws.bedrock";
        case "GOOGLE_AI_GEMINI" -> "gcp.gemini";
        case "GOOGLE_VERTEX_AI_GEMINI" -> "gcp.vertex_ai";
        default -> name.toLowerCase(Locale.ROOT);
      };
    }

    @Override
    protected String model(Object self, Object request) {
      String model = Read.text(request, "modelName");
      return model != null ? model : Read.text(self, "defaultRequestParameters", "modelName");
    }

    @Override
    protected void read(ModelCall call, Object response) {
      Object message = Read.path(response, "aiMessage");
      if (Read.path(message, "text") instanceof String text && !text.isEmpty()) {
        call.content();
      } else if (Read.path(message, "toolExecutionRequests") != null) {
        call.toolCall();
      }
      if (call.model == null) {
        call.model = Read.text(response, "metadata", "modelName");
      }
      call.usage(Read.path(response, "metadata", "tokenUsage"), new Tokens());
    }
  }

  private static final class HandlerMade extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      ModelCall call = ModelCall.current();
      if (call != null) {
        call.bind(self);
      }
    }
  }

  /** A callback of the provider: its thread works for the request while it runs. */
  private abstract static class Callback extends JoinHook {
    abstract void on(ModelCall call, Object argument);

    @Override
    protected int join(Object self, Object[] args) {
      ModelCall call = ModelCall.of(self);
      if (call == null) {
        return -1;
      }
      on(call, args[0]);
      return call.join();
    }
  }

  private static final class Text extends Callback {
    @Override
    void on(ModelCall call, Object argument) {
      if (call.awaitsContent()) {
        call.text(argument instanceof String ? argument : Read.path(argument, "text"));
      }
    }
  }

  private static final class ToolCallPart extends Callback {
    @Override
    void on(ModelCall call, Object argument) {
      call.toolCall();
    }
  }

  private static final class Complete extends Callback {
    @Override
    void on(ModelCall call, Object argument) {
      CHAT.answer(call).next(argument);
      call.end(false);
    }
  }

  private static final class Failed extends Callback {
    @Override
    void on(ModelCall call, Object argument) {
      call.end(true);
    }
  }

  private static final class ToolName implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(args[0], "name"));
    }
  }

  /** What the providers' subclasses of {@code TokenUsage} add to it. */
  private static final class Tokens implements Usage.Reader {
    @Override
    public Usage read(Object usage) {
      Long input = Read.number(usage, "inputTokenCount");
      Long output = Read.number(usage, "outputTokenCount");
      Long cached = Read.number(usage, "cacheReadInputTokens");
      Long written = first(usage, "cacheCreationInputTokens", "cacheWriteInputTokens");
      if (cached != null || written != null) {
        return Usage.withCacheApart(input, cached, written, output);
      }
      Long openAi = Read.number(usage, "inputTokensDetails", "cachedTokens");
      Long gemini = Read.number(usage, "cachedContentTokenCount");
      return Usage.of(input, openAi != null ? openAi : gemini, output);
    }

    private static Long first(Object usage, String anthropic, String bedrock) {
      Long count = Read.number(usage, anthropic);
      return count != null ? count : Read.number(usage, bedrock);
    }
  }
}
