package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.HandOver;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelCallbacks;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.RequestEntry;
import dev.coldstart.weave.UsagePaths;
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
  private static final ModelDialect DIALECT = new Chat();
  private static final ModelClient CHAT = new ModelClient(DIALECT);
  private static final ModelCallbacks HANDLER = new ModelCallbacks(DIALECT);

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
        Probe.read(STREAM + "$1", "<init>", CHAT.made()),
        Probe.read(STREAM + "$1", "onPartialResponse", HANDLER.onText("text")),
        Probe.read(STREAM + "$1", "onPartialToolCall", HANDLER.onToolCall()),
        Probe.read(STREAM + "$1", "onCompleteToolCall", HANDLER.onToolCall()),
        Probe.read(STREAM + "$1", "onCompleteResponse", HANDLER.onComplete()),
        Probe.read(STREAM + "$1", "onError", HANDLER.onError()),
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
  private static final class Chat extends ModelDialect {
    Chat() {
      super(null);
      model("modelName");
      modelOfClient("defaultRequestParameters", "modelName");
      modelOfAnswer("metadata", "modelName");
      content("aiMessage", "text");
      toolCall("aiMessage", "toolExecutionRequests");
      usage("metadata", "tokenUsage");
      // What the providers' subclasses of TokenUsage add to it.
      counts(
          new UsagePaths()
              .input("inputTokenCount")
              .cached("inputTokensDetails", "cachedTokens")
              .cached("cachedContentTokenCount")
              .cachedApart("cacheReadInputTokens")
              .writtenApart("cacheCreationInputTokens")
              .writtenApart("cacheWriteInputTokens")
              .output("outputTokenCount"));
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

  private static final class ToolName implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(args[0], "name"));
    }
  }
}
