package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.HandOver;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCallbacks;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.Usage;
import dev.coldstart.weave.UsagePaths;
import java.util.List;
import java.util.Map;

/**
 * Amazon Bedrock through the AWS SDK 2.x: converse and invokeModel, whole and streamed, blocking
 * and asynchronous.
 */
public final class BedrockRuntime implements Library {
  private static final String SDK = "software.amazon.awssdk.";
  private static final String CLIENT = SDK + "services.bedrockruntime.DefaultBedrockRuntimeClient";
  private static final String ASYNC =
      SDK + "services.bedrockruntime.DefaultBedrockRuntimeAsyncClient";

  /** Made inside a call for its stream; other services have streams of events too. */
  private static final String EVENTS =
      SDK + "awscore.eventstream.EventStreamAsyncResponseTransformer";

  /** Once per attempt, when the request is signed. */
  private static final String STAGES = SDK + "core.internal.http.pipeline.stages.";

  @Override
  public String name() {
    return "bedrock-runtime";
  }

  @Override
  public String testedVersions() {
    return "2.33.5, 2.54.14";
  }

  @Override
  public List<Probe> probes() {
    ModelDialect dialect = dialect();
    ModelClient client = new ModelClient(dialect);
    ModelCallbacks events = new ModelCallbacks(dialect);
    Hook invoke = new Invoke(client.whole());
    return List.of(
        Probe.read(CLIENT, "converse", client.whole()).arity(1),
        Probe.read(ASYNC, "converse", client.whole()).arity(1).replacingResult(),
        Probe.read(CLIENT, "invokeModel", invoke)
            .arity(1)
            .recording(Phase.EMBEDDING, "embedding call"),
        Probe.read(ASYNC, "invokeModel", new Invoke(client.whole())).arity(1).replacingResult(),
        Probe.read(ASYNC, "converseStream", client.streamed()).arity(2),
        Probe.read(ASYNC, "invokeModelWithResponseStream", client.streamed()).arity(2),
        Probe.read(EVENTS, "<init>", client.made()),
        Probe.read(EVENTS, "transformEventMessage", events.onReturnedPart()),
        Probe.read(EVENTS, "handleOnStreamComplete", client.closed()),
        Probe.read(EVENTS, "handleOnStreamCancel", client.closed()),
        Probe.read(EVENTS, "exceptionOccurred", events.onError()),
        Probe.read(STAGES + "MakeHttpRequestStage", "executeHttpRequest", new HandOver())
            .alsoIn(STAGES + "MakeAsyncHttpRequestStage"));
  }

  /** Answers, events of their streams, and what models' providers speak themselves. */
  private static ModelDialect dialect() {
    return new ModelDialect("aws.bedrock")
        .model("modelId")
        .content("output", "message", "content", "text")
        .content("delta", "text")
        .toolCall("output", "message", "content", "toolUse")
        .toolCall("start", "toolUse")
        .payload("body", "asUtf8String")
        .payload("bytes", "asUtf8String")
        .usage("usage")
        .usage("sdkHttpResponse", "headers")
        .counts(new Counts());
  }

  /** Models that embed are no model calls. The names of all of them say so. */
  private static final class Invoke extends Hook {
    private final Hook call;

    Invoke(Hook call) {
      this.call = call;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      String model = Read.text(args[0], "modelId");
      return model != null && model.contains("embed")
          ? (Object) Recorder.enter(site)
          : call.before(site, self, args);
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (!(state instanceof Integer token)) {
        return call.after(site, state, self, args, result, thrown);
      }
      if (thrown == null) {
        Recorder.exit(token);
      } else {
        Recorder.fail(thrown, token);
      }
      return result;
    }
  }

  /** Those of converse; invokeModel has them in the headers of its response, and nothing else. */
  private static final class Counts implements Usage.Reader {
    private static final String HEADER = "X-Amzn-Bedrock-";

    private final Usage.Reader converse =
        new UsagePaths()
            .input("inputTokens")
            .cachedApart("cacheReadInputTokens")
            .writtenApart("cacheWriteInputTokens")
            .output("outputTokens");

    @Override
    public Usage read(Object source) {
      return source instanceof Map<?, ?> headers
          ? Usage.withCacheApart(
              count(headers, HEADER + "Input-Token-Count"),
              count(headers, HEADER + "Cache-Read-Input-Token-Count"),
              count(headers, HEADER + "Cache-Write-Input-Token-Count"),
              count(headers, HEADER + "Output-Token-Count"))
          : converse.read(source);
    }

    private static Long count(Map<?, ?> headers, String name) {
      for (Map.Entry<?, ?> header : headers.entrySet()) {
        if (name.equalsIgnoreCase(String.valueOf(header.getKey()))
            && header.getValue() instanceof List<?> values
            && !values.isEmpty()) {
          return Long.valueOf(String.valueOf(values.get(0)));
        }
      }
      return null;
    }
  }
}
