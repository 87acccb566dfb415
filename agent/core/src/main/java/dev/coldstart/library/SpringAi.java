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

/**
 * Spring AI, whatever the model: tools, their schemas and those of outputs, chat clients,
 * embeddings, vector-store searches.
 */
public final class SpringAi implements Library {
  private static final String AI = "org.springframework.ai.";
  private static final String MANAGER = AI + "model.tool.DefaultToolCallingManager";
  private static final String FUNCTION = AI + "tool.function.FunctionToolCallback";
  private static final String SCHEMAS = AI + "util.json.schema.JsonSchemaGenerator";
  private static final String OUTPUT = AI + "converter.BeanOutputConverter";
  private static final String ADVISOR =
      AI + "chat.client.advisor.StructuredOutputValidationAdvisor";
  private static final String EMBEDDINGS = AI + "embedding.EmbeddingModel";

  @Override
  public String name() {
    return "spring-ai";
  }

  @Override
  public String testedVersions() {
    return "1.0.3, 1.1.8, 2.0.1";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        tools("tools: schemas", AI + "tool.method.MethodToolCallbackProvider", "getToolCallbacks")
            .noting(new Count()),
        tools("tool: schema", FUNCTION + "$Builder", "build").noting(new NameOfResult()),
        tools("tool: schema", AI + "tool.support.ToolDefinitions", "from").noting(new Name()),
        tools("tool by name", AI + "tool.resolution.DelegatingToolCallbackResolver", "resolve")
            .alsoIn(
                AI + "tool.resolution.StaticToolCallbackResolver",
                AI + "tool.resolution.SpringBeanToolCallbackResolver")
            .noting(new NameAsked()),
        tools("mcp tools", AI + "mcp.SyncMcpToolCallbackProvider", "getToolCallbacks")
            .alsoIn(AI + "mcp.AsyncMcpToolCallbackProvider")
            .noting(new Count()),
        tools("tools of this request", MANAGER, "resolveToolDefinitions").noting(new Count()),
        Probe.time(Phase.TOOL_CALL, "tool calls", MANAGER, "executeToolCalls")
            .noting(new CallsAsked()),
        Probe.time(Phase.TOOL_CALL, "tool call", AI + "tool.method.MethodToolCallback", "call")
            .alsoIn(FUNCTION)
            .noting(new NameOfTool()),
        Probe.read(
            AI + "chat.client.DefaultChatClient$DefaultCallResponseSpec",
            "doGetObservableChatClientResponse",
            RequestEntry.ofAgent("chat client")),
        Probe.time(
            Phase.AGENT_BUILD, "chat client", AI + "chat.client.DefaultChatClientBuilder", "build"),
        // Its generators are made when its class is.
        SchemaProbes.make(SCHEMAS, "<clinit>"),
        SchemaProbes.describe(SCHEMAS, "generateForMethodInput"),
        SchemaProbes.describe(SCHEMAS, "generateForType"),
        SchemaProbes.describe(OUTPUT, "generateSchema"),
        SchemaProbes.check(ADVISOR, "validateOutputSchema"),
        Probe.time(Phase.EMBEDDING, "embedding call", AI + "openai.OpenAiEmbeddingModel", "call")
            .alsoIn(AI + "ollama.OllamaEmbeddingModel", AI + "mistralai.MistralAiEmbeddingModel"),
        // Around it, and all there is of models that are not named here.
        Probe.time(Phase.EMBEDDING, "embedding", EMBEDDINGS, "embed"),
        Probe.time(Phase.EMBEDDING, "embedding", EMBEDDINGS, "embedForResponse"),
        // Asks a model that it does not know, with a text of its own: stores do so as they start.
        Probe.time(
                Phase.EMBEDDING,
                "embedding dimensions",
                AI + "embedding.AbstractEmbeddingModel",
                "dimensions")
            .arity(3),
        // Of models that do not know theirs: embeds a text each time.
        Probe.time(Phase.EMBEDDING, "embedding dimensions", EMBEDDINGS, "dimensions"),
        Probe.time(
            Phase.VECTOR_STORE_QUERY,
            "vector search",
            AI + "vectorstore.observation.AbstractObservationVectorStore",
            "similaritySearch"));
  }

  private static Probe tools(String span, String type, String method) {
    return Probe.time(Phase.TOOL_REGISTRY, span, type, method);
  }

  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(result));
    }
  }

  private static final class CallsAsked implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Object answer = Read.path(args[1], "getResult", "getOutput");
      Recorder.note("calls", Read.size(Read.list(answer, "getToolCalls")));
    }
  }

  private static final class NameAsked implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", args[0]);
    }
  }

  private static final class Name implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(result, "name"));
    }
  }

  private static final class NameOfResult implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(result, "getToolDefinition", "name"));
    }
  }

  private static final class NameOfTool implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(self, "getToolDefinition", "name"));
    }
  }
}
