package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.UsagePaths;
import java.util.List;

/**
 * Google's Gen AI SDK. All overloads end in private methods, one call for each HTTP request: when
 * the SDK calls a tool by itself, the model is called again. The SDK reads ahead: a part of a
 * stream is there for the application when the next one has arrived. How often its OkHttp
 * interceptor repeats a request is not seen.
 */
public final class GoogleGenAi implements Library {
  private static final String MODELS = "com.google.genai.Models";
  private static final String ASYNC = "com.google.genai.AsyncModels";
  private static final String STREAM = "com.google.genai.ResponseStream";
  private static final String EMBEDDING = "embedding call";

  @Override
  public String name() {
    return "google-genai";
  }

  @Override
  public String testedVersions() {
    return "1.10.0, 1.70.0";
  }

  @Override
  public List<Probe> probes() {
    ModelClient api = new ModelClient(dialect());
    String whole = "privateGenerateContent";
    String streamed = "privateGenerateContentStream";
    return List.of(
        Probe.read(MODELS, whole, api.whole()),
        // Before 1.11 a task of the common pool that calls the blocking one.
        Probe.read(ASYNC, whole, api.whole()).replacingResult(),
        Probe.read(MODELS, streamed, api.streamed()).alsoIn(ASYNC),
        Probe.read(STREAM, "iterator", api.parts()).replacingResult(),
        Probe.read(STREAM, "close", api.closed()),
        Probe.time(Phase.EMBEDDING, EMBEDDING, MODELS, "embedContent"),
        Probe.timePublisher(Phase.EMBEDDING, EMBEDDING, ASYNC, "embedContent"));
  }

  /** Which of Google's endpoints it is, only private fields know. */
  private static ModelDialect dialect() {
    return new ModelDialect("gcp.gen_ai")
        .model()
        .content("candidates", "content", "parts", "!thought", "text")
        .toolCall("candidates", "content", "parts", "functionCall")
        .usage("usageMetadata")
        .counts(
            new UsagePaths()
                .input("promptTokenCount")
                .cached("cachedContentTokenCount")
                .output("candidatesTokenCount"));
  }
}
