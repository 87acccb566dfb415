package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.AwaitedCalls;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.HandOver;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.PublisherWatch;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.StreamWatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The official OpenAI SDK: chat completions and responses, whole and streamed, blocking and
 * asynchronous, and embeddings. The overloads without options are interface defaults that end here.
 */
public final class OpenAiJava implements Library {
  private static final String BLOCKING = "com.openai.services.blocking.";
  private static final String ASYNC = "com.openai.services.async.";
  private static final String TRANSPORT = "com.openai.client.okhttp.OkHttpClient";
  private static final String STREAM = "com.openai.core.http.StreamResponseKt$map$1";
  private static final String ASYNC_STREAM = "com.openai.core.http.AsyncStreamResponseKt$toAsync$1";

  @Override
  public String name() {
    return "openai-java";
  }

  @Override
  public String testedVersions() {
    return "4.101.0";
  }

  @Override
  public List<Probe> probes() {
    String chat = "chat.ChatCompletionService";
    return List.of(
        Probe.read(BLOCKING + chat + "Impl", "create", new Whole())
            .alsoIn(BLOCKING + "ResponseServiceImpl")
            .arity(2),
        Probe.read(ASYNC + chat + "AsyncImpl", "create", new Whole())
            .alsoIn(ASYNC + "ResponseServiceAsyncImpl")
            .arity(2)
            .replacingResult(),
        Probe.read(BLOCKING + chat + "Impl", "createStreaming", new Streamed())
            .alsoIn(
                BLOCKING + "ResponseServiceImpl",
                ASYNC + chat + "AsyncImpl",
                ASYNC + "ResponseServiceAsyncImpl")
            .arity(2),
        Probe.read(ASYNC_STREAM, "<init>", new AsyncStreamMade()),
        Probe.read(STREAM, "stream", new Chunks()).replacingResult(),
        Probe.read(STREAM, "close", new Closed()).alsoIn(ASYNC_STREAM),
        Probe.read(TRANSPORT, "execute", new HandOver()),
        Probe.read(TRANSPORT, "executeAsync", new HandOver()),
        Probe.time(Phase.EMBEDDING, "embedding call", BLOCKING + "EmbeddingServiceImpl", "create")
            .arity(2),
        Probe.timePublisher(
                Phase.EMBEDDING, "embedding call", ASYNC + "EmbeddingServiceAsyncImpl", "create")
            .arity(2));
  }

  private static ModelCall enter(Object request, boolean streaming) {
    ModelCall call = ModelCall.enter("openai", streaming);
    String model = Read.text(request, "model", "asString");
    // The model of a response is one of three types.
    call.model = model != null ? model : Read.text(request, "model", "chat", "asString");
    return call;
  }

  private static final class Whole extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      return enter(args[0], false);
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = (ModelCall) state;
      call.leave();
      Answer answer = new Answer(call);
      if (result instanceof CompletableFuture<?>) {
        return PublisherWatch.of(result, answer);
      }
      if (thrown == null) {
        answer.next(result);
      }
      answer.ended(thrown != null);
      return result;
    }
  }

  /** Gets an answer whole, or one chunk after the other, of either API. */
  private record Answer(ModelCall call) implements PublisherWatch.Listener {
    @Override
    public void next(Object part) {
      if (call.awaitsContent()) {
        Object message = Read.path(part, "choices", "message");
        message(message != null ? message : Read.path(part, "choices", "delta"));
        text(Read.path(part, "outputTextDelta", "delta"));
        item(Read.path(part, "outputItemAdded", "item"));
        if (Read.list(part, "output") instanceof List<?> items) {
          for (Object item : items) {
            item(item);
            text(Read.path(item, "message", "content", "outputText", "text"));
          }
        }
      }
      call.usage(Read.path(part, "usage"), new Tokens());
      call.usage(Read.path(part, "completed", "response", "usage"), new Tokens());
    }

    private void message(Object message) {
      text(Read.path(message, "content"));
      if (Read.path(message, "toolCalls") != null) {
        call.toolCall();
      }
    }

    private void item(Object item) {
      if (Read.path(item, "functionCall") != null) {
        call.toolCall();
      }
    }

    private void text(Object text) {
      if (text instanceof String s && !s.isEmpty()) {
        call.content();
      }
    }

    @Override
    public void ended(boolean failed) {
      call.end(failed);
    }
  }

  private static final class Streamed extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      return enter(args[0], true);
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = (ModelCall) state;
      call.leave();
      if (thrown != null) {
        call.end(true);
      } else {
        call.bind(result);
      }
      return result;
    }
  }

  /** Made inside {@code createStreaming}, of the future of the stream that will have the chunks. */
  private static final class AsyncStreamMade extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      ModelCall call = ModelCall.current();
      if (call != null && args[0] instanceof CompletableFuture<?> future) {
        call.bind(self);
        AwaitedCalls.put(future, call);
      }
    }
  }

  private static final class Chunks extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = ModelCall.of(self);
      if (call == null) {
        call = AwaitedCalls.take(self);
      }
      return call != null && result instanceof Stream<?> stream
          ? StreamWatch.of(stream, new Answer(call))
          : result;
    }
  }

  /** Closed before its end, or once more after it. */
  private static final class Closed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      ModelCall call = ModelCall.of(self);
      if (call != null) {
        call.end(false);
      }
    }
  }

  private static final class Tokens implements ModelCall.Usage {
    @Override
    public Long[] read(Object usage) {
      Long prompt = Read.number(usage, "promptTokens");
      if (prompt != null) {
        return new Long[] {
          prompt,
          Read.number(usage, "promptTokensDetails", "cachedTokens"),
          Read.number(usage, "completionTokens")
        };
      }
      return new Long[] {
        Read.number(usage, "inputTokens"),
        Read.number(usage, "inputTokensDetails", "cachedTokens"),
        Read.number(usage, "outputTokens")
      };
    }
  }
}
