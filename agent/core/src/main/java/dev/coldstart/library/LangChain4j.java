package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.RequestEntry;
import dev.coldstart.weave.SchemaProbes;
import java.util.List;

/** LangChain4j, whatever the model: tools, schemas, AI services, embeddings. */
public final class LangChain4j implements Library {
  private static final String SERVICE = "dev.langchain4j.service.";
  private static final String TOOLS = SERVICE + "tool.ToolService";
  private static final String MODEL = "dev.langchain4j.model.";
  private static final String EMBEDDINGS = MODEL + "embedding.EmbeddingModel";

  @Override
  public String name() {
    return "langchain4j";
  }

  @Override
  public String testedVersions() {
    return "0.36.2, 1.0.0, 1.19.0";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        // In 0.36 the builder does itself what it leaves to the service later.
        Probe.time(Phase.TOOL_REGISTRY, "tools: schemas", TOOLS, "tools")
            .alsoIn(SERVICE + "AiServices")
            .noting(new CountOfSelf()),
        Probe.time(
                Phase.TOOL_REGISTRY,
                "tool: schema",
                "dev.langchain4j.agent.tool.ToolSpecifications",
                "toolSpecificationFrom")
            .noting(new NameOfResult()),
        SchemaProbes.generate(
                "dev.langchain4j.internal.JsonSchemaElementUtils", "jsonSchemaElementFrom")
            .alsoIn(MODEL + "chat.request.json.JsonSchemaElementHelper"),
        SchemaProbes.describe(SERVICE + "output.JsonSchemas", "jsonSchemaFrom"),
        Probe.time(Phase.TOOL_REGISTRY, "tools of this request", TOOLS, "createContext")
            .noting(new CountOfResult()),
        Probe.time(Phase.TOOL_CALL, "tool call", TOOLS, "executeWithErrorHandling")
            .noting(new ToolName()),
        // Up to 1.0, where nothing is around it.
        Probe.time(Phase.TOOL_CALL, "tool call", SERVICE + "tool.DefaultToolExecutor", "execute")
            .arity(2)
            .noting(new ToolName()),
        Probe.read(SERVICE + "DefaultAiServices$1", "invoke", RequestEntry.ofAgent("ai service"))
            .taking("(Ljava/lang/Object;Ljava/lang/reflect/Method;"),
        Probe.time(Phase.AGENT_BUILD, "ai service", SERVICE + "DefaultAiServices", "build"),
        Probe.time(Phase.EMBEDDING, "embedding call", EMBEDDINGS, "embed"),
        // Up to 1.0 each provider has its own; later the interface leads it through the other.
        Probe.time(Phase.EMBEDDING, "embeddings", MODEL + "openai.OpenAiEmbeddingModel", "embedAll")
            .alsoIn(
                MODEL + "ollama.OllamaEmbeddingModel",
                MODEL + "mistralai.MistralAiEmbeddingModel",
                MODEL + "azure.AzureOpenAiEmbeddingModel")
            .inSomeVersions());
  }

  /** All tools the service has by now. */
  private static final class CountOfSelf implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Long count = Read.size(Read.list(self, "toolSpecifications"));
      if (count != null) {
        Recorder.note("tools", count);
      }
    }
  }

  private static final class CountOfResult implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(Read.list(result, "toolSpecifications")));
    }
  }

  private static final class NameOfResult implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(result, "name"));
    }
  }

  private static final class ToolName implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(args[0], "name"));
    }
  }
}
