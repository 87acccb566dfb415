package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.HandOver;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
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

  @Override
  public String name() {
    return "langchain4j";
  }

  @Override
  public String testedVersions() {
    return "1.19.0";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read("dev.langchain4j.model.chat.ChatModel", "chat", new Chat(false)),
        Probe.read(STREAM, "chat", new Chat(true)),
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
        Probe.time(
            Phase.AGENT_BUILD, "ai service", "dev.langchain4j.service.DefaultAiServices", "build"),
        Probe.time(Phase.EMBEDDING, "embedding call", EMBEDDINGS, "embed"));
  }

  /** {@code chat(..)}: the overloads nest and share one call. */
  private static final class Chat extends Hook {
    private final boolean streaming;

    Chat(boolean streaming) {
      this.streaming = streaming;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      Object provider = Read.path(self, "provider");
      ModelCall call = ModelCall.enter(system(provider), streaming);
      String model = Read.text(args[0], "modelName");
      if (model == null && call.model == null) {
        model = Read.text(self, "defaultRequestParameters", "modelName");
      }
      if (model != null) {
        call.model = model;
      }
      return call;
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = (ModelCall) state;
      if (!streaming) {
        // An outer overload may give nothing but the text.
        finish(call, result);
      }
      if (call.leave() && (thrown != null || !streaming)) {
        call.end(thrown != null);
      }
      return result;
    }

    private static String system(Object provider) {
      String name = provider == null ? null : provider.toString().toLowerCase(Locale.ROOT);
      return "open_ai".equals(name) ? "openai" : name;
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
        Object text = argument instanceof String ? argument : Read.path(argument, "text");
        if (text instanceof String s && !s.isEmpty()) {
          call.content();
        }
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
      finish(call, argument);
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

  private static final class Tokens implements ModelCall.Usage {
    @Override
    public Long[] read(Object usage) {
      Long cached = Read.number(usage, "inputTokensDetails", "cachedTokens");
      if (cached == null) {
        cached = Read.number(usage, "cacheReadInputTokens");
      }
      if (cached == null) {
        cached = Read.number(usage, "cachedContentTokenCount");
      }
      return new Long[] {
        Read.number(usage, "inputTokenCount"), cached, Read.number(usage, "outputTokenCount")
      };
    }
  }

  private static void finish(ModelCall call, Object response) {
    if (response == null) {
      return;
    }
    Object text = Read.path(response, "aiMessage", "text");
    if (text instanceof String s && !s.isEmpty()) {
      call.content();
    } else if (Read.path(response, "aiMessage", "toolExecutionRequests") != null) {
      call.toolCall();
    }
    if (call.model == null) {
      call.model = Read.text(response, "metadata", "modelName");
    }
    call.usage(Read.path(response, "metadata", "tokenUsage"), new Tokens());
  }
}
