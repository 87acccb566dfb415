package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.HandOver;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.ModelCallbacks;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.UsagePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Models of LangChain4j. In 1.x the default methods of its interfaces are the funnel for every
 * provider. 0.36 has none: there the providers' own methods are called, and what they put a
 * streamed answer together with sees each part just before the handler does.
 */
public final class LangChain4jModels implements Library {
  private static final String MODEL = "dev.langchain4j.model.";
  private static final String STREAM = MODEL + "chat.StreamingChatModel";
  private static final String MISTRAL = MODEL + "mistralai.internal.client.DefaultMistralAiClient";
  private static final String ANTHROPIC =
      MODEL + "anthropic.internal.client.DefaultAnthropicClient";

  @Override
  public String name() {
    return "langchain4j-models";
  }

  @Override
  public String testedVersions() {
    return "0.36.2, 1.0.0, 1.11.0, 1.19.0 (Ollama and Mistral 1.18.1, Bedrock 1.11.0)";
  }

  @Override
  public List<Probe> probes() {
    ModelDialect dialect = new Chat();
    ModelClient chat = new ModelClient(dialect);
    ModelCallbacks handler = new ModelCallbacks(dialect);
    List<Probe> probes = new ArrayList<>();
    probes.add(Probe.read(MODEL + "chat.ChatModel", "chat", chat.whole()));
    probes.add(Probe.read(STREAM, "chat", chat.streamed()));
    // Made inside chat() on the calling thread, and handed to the provider as its handler.
    probes.add(Probe.read(STREAM + "$1", "<init>", chat.made()));
    probes.add(Probe.read(STREAM + "$1", "onPartialResponse", handler.onText("text")));
    probes.add(Probe.read(STREAM + "$1", "onPartialToolCall", handler.onToolCall()));
    probes.add(Probe.read(STREAM + "$1", "onCompleteToolCall", handler.onToolCall()));
    probes.add(Probe.read(STREAM + "$1", "onCompleteResponse", handler.onComplete()));
    probes.add(Probe.read(STREAM + "$1", "onError", handler.onError()));
    String transport = "dev.langchain4j.http.client.jdk.JdkHttpClient";
    probes.add(Probe.read(transport, "execute", new HandOver()));
    // In 1.x the layer below; so the same classes have something in both versions.
    probes.add(inProviders("ChatModel", "doChat", chat.whole()));
    probes.add(inProviders("StreamingChatModel", "doChat", chat.streamed()));
    old(probes);
    return probes;
  }

  private static void old(List<Probe> probes) {
    ModelDialect dialect = new Generate();
    ModelClient generate = new ModelClient(dialect);
    ModelCallbacks parts = new ModelCallbacks(dialect);
    probes.add(inProviders("ChatModel", "generate", generate.whole()));
    probes.add(inProviders("StreamingChatModel", "generate", generate.streamed()));
    probes.add(inBuilders("<init>", generate.made()));
    probes.add(inBuilders("append", parts.onPart()));
    probes.add(
        inBuilders("build", parts.onReturnedAnswer()).taking(")L" + path("output.Response;")));
    probes.add(Probe.read(MISTRAL + "$1", "<init>", generate.made()).alsoIn(ANTHROPIC + "$1"));
    probes.add(
        Probe.read(MISTRAL + "$1", "onEvent", parts.onJson()).alsoIn(ANTHROPIC + "$1").arity(4));
    probes.add(Probe.read(MISTRAL + "$1", "onFailure", parts.onError()).alsoIn(ANTHROPIC + "$1"));
    probes.add(Probe.read(MISTRAL, "chatCompletion", new Named()));
    probes.add(Probe.read(MISTRAL, "streamingChatCompletion", new Named()));
    probes.add(Probe.read(MODEL + "ollama.OllamaClient", "chat", new Named()));
    probes.add(Probe.read(MODEL + "ollama.OllamaClient", "streamingChat", new Named()));
  }

  private static Probe inProviders(String kind, String method, Hook hook) {
    return Probe.read(MODEL + "openai.OpenAi" + kind, method, hook)
        .alsoIn(
            MODEL + "azure.AzureOpenAi" + kind,
            MODEL + "ollama.Ollama" + kind,
            MODEL + "mistralai.MistralAi" + kind,
            MODEL + "anthropic.Anthropic" + kind,
            MODEL + "googleai.GoogleAiGemini" + kind);
  }

  private static Probe inBuilders(String method, Hook hook) {
    return Probe.read(MODEL + "openai.OpenAiStreamingResponseBuilder", method, hook)
        .alsoIn(
            MODEL + "azure.AzureOpenAiStreamingResponseBuilder",
            MODEL + "ollama.OllamaStreamingResponseBuilder",
            MODEL + "googleai.GeminiStreamingResponseBuilder");
  }

  private static String path(String name) {
    return (MODEL + name).replace('.', '/');
  }

  /** {@code chat(..)} of 1.x: the overloads nest and share one call. */
  private static final class Chat extends ModelDialect {
    Chat() {
      super(null);
      model("modelName");
      modelOfClient("defaultRequestParameters", "modelName");
      modelOfAnswer("metadata", "modelName");
      content("aiMessage", "text");
      toolCall("aiMessage", "toolExecutionRequests");
      usage("metadata", "tokenUsage");
      counts(tokens());
    }

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
  }

  /** {@code generate(..)} of 0.36, and the parts that its providers have. */
  private static final class Generate extends ModelDialect {
    Generate() {
      super(null);
      modelOfClient("modelName");
      content("content", "text");
      content("choices", "delta", "content");
      content("getMessage", "getContent");
      content("getChoices", "getDelta", "getContent");
      content("getCandidates", "getContent", "getParts", "getText");
      toolCall("content", "toolExecutionRequests");
      toolCall("choices", "delta", "toolCalls");
      toolCall("getMessage", "getToolCalls");
      toolCall("getChoices", "getDelta", "getToolCalls");
      toolCall("getCandidates", "getContent", "getParts", "getFunctionCall");
      usage("tokenUsage");
      counts(tokens());
    }

    @Override
    protected String system(Object self) {
      String name = self.getClass().getName();
      String provider = name.startsWith(MODEL) ? name.substring(MODEL.length()) : name;
      int end = provider.indexOf('.');
      return switch (end < 0 ? "" : provider.substring(0, end)) {
        case "openai" -> "openai";
        case "azure" -> "azure.ai.openai";
        case "ollama" -> "ollama";
        case "mistralai" -> "mistral_ai";
        case "anthropic" -> "anthropic";
        case "googleai" -> "gcp.gemini";
        default -> null;
      };
    }
  }

  /** What the providers' subclasses of {@code TokenUsage} add to it. */
  private static UsagePaths tokens() {
    return new UsagePaths()
        .input("inputTokenCount")
        .cached("inputTokensDetails", "cachedTokens")
        .cached("cachedContentTokenCount")
        .cachedApart("cacheReadInputTokens")
        .writtenApart("cacheCreationInputTokens")
        .writtenApart("cacheWriteInputTokens")
        .output("outputTokenCount");
  }

  /** A client gets the request with the name of the model, which the model itself keeps. */
  private static final class Named extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      ModelCall call = ModelCall.current();
      if (call != null && call.model == null) {
        call.model = Read.text(args[0], "getModel");
      }
    }
  }
}
