package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.AwaitedCalls;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.HandOver;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.StreamWatch;
import dev.coldstart.weave.Usage;
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

  private static final ModelClient API = new Api();

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
        Probe.read(BLOCKING + chat + "Impl", "create", API.whole())
            .alsoIn(BLOCKING + "ResponseServiceImpl")
            .arity(2),
        Probe.read(ASYNC + chat + "AsyncImpl", "create", API.whole())
            .alsoIn(ASYNC + "ResponseServiceAsyncImpl")
            .arity(2)
            .replacingResult(),
        Probe.read(BLOCKING + chat + "Impl", "createStreaming", API.streamed())
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

  /** Both APIs, whole answers and chunks. */
  private static final class Api extends ModelClient {
    @Override
    protected String system(Object self) {
      return "openai";
    }

    @Override
    protected String model(Object self, Object request) {
      String model = Read.text(request, "model", "asString");
      // The model of a response is one of three types.
      return model != null ? model : Read.text(request, "model", "chat", "asString");
    }

    @Override
    protected void read(ModelCall call, Object part) {
      if (call.awaitsContent()) {
        Object message = Read.path(part, "choices", "message");
        message(call, message != null ? message : Read.path(part, "choices", "delta"));
        call.text(Read.path(part, "outputTextDelta", "delta"));
        item(call, Read.path(part, "outputItemAdded", "item"));
        if (Read.list(part, "output") instanceof List<?> items) {
          for (Object item : items) {
            item(call, item);
            call.text(Read.path(item, "message", "content", "outputText", "text"));
          }
        }
      }
      call.usage(Read.path(part, "usage"), new Tokens());
      call.usage(Read.path(part, "completed", "response", "usage"), new Tokens());
    }

    private static void message(ModelCall call, Object message) {
      call.text(Read.path(message, "content"));
      if (Read.path(message, "toolCalls") != null) {
        call.toolCall();
      }
    }

    private static void item(ModelCall call, Object item) {
      if (Read.path(item, "functionCall") != null) {
        call.toolCall();
      }
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
          ? StreamWatch.of(stream, API.answer(call))
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

  private static final class Tokens implements Usage.Reader {
    @Override
    public Usage read(Object usage) {
      Long prompt = Read.number(usage, "promptTokens");
      if (prompt != null) {
        return Usage.of(
            prompt,
            Read.number(usage, "promptTokensDetails", "cachedTokens"),
            Read.number(usage, "completionTokens"));
      }
      return Usage.of(
          Read.number(usage, "inputTokens"),
          Read.number(usage, "inputTokensDetails", "cachedTokens"),
          Read.number(usage, "outputTokens"));
    }
  }
}
