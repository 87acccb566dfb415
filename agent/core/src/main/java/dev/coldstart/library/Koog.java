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
import dev.coldstart.weave.Suspended;
import dev.coldstart.weave.UsagePaths;
import java.util.List;

/**
 * Koog: registries of tools, building and running agents, tools, and answers of OpenAI's models,
 * whole and streamed by chat completions. What calls and is called are functions of Kotlin that
 * suspend.
 */
public final class Koog implements Library {
  private static final String AGENTS = "ai.koog.agents.core.";
  private static final String REGISTRY = AGENTS + "tools.ToolRegistry";
  private static final String OPENAI = "ai.koog.prompt.executor.clients.openai.OpenAILLMClient";
  private static final String STREAM = OPENAI + "$processStreamingResponse$1";
  private static final String KTOR = "ai.koog.http.client.ktor.KtorKoogHttpClient";
  private static final String ENVIRONMENT = AGENTS + "environment.GenericAgentEnvironment";
  private static final String TOOL_FRAME = ENVIRONMENT + "$executeTool$2";

  @Override
  public String name() {
    return "koog";
  }

  @Override
  public String testedVersions() {
    return "1.1.1";
  }

  @Override
  public List<Probe> probes() {
    ModelClient api = new ModelClient(dialect());
    ModelDialect chunks = chunks();
    ModelClient stream = new ModelClient(chunks);
    Phase registry = Phase.TOOL_REGISTRY;
    return List.of(
        Probe.read(OPENAI + "$execute$1", "invokeSuspend", new Suspended.Resumed())
            .alsoIn(TOOL_FRAME),
        Probe.read(OPENAI, "execute", api.suspending()).arity(4),
        Probe.read(OPENAI, "processProviderChatResponse", api.read()),
        Probe.read(STREAM, "invokeSuspend", stream.collected()),
        Probe.read(STREAM + "$1", "<init>", stream.made()),
        Probe.read(STREAM + "$1", "emit", new ModelCallbacks(chunks).onPart()).taking("/models/"),
        Probe.read(KTOR, "post", new HandOver()),
        Probe.read(KTOR, "sse", new HandOver()),
        Probe.time(registry, "tools: schemas", REGISTRY + "Builder", "tools").taking("/reflect/"),
        Probe.time(registry, "tools: schemas", REGISTRY + "Builder", "tool").taking("/reflect/"),
        Probe.time(registry, "tool registry", REGISTRY + "Builder", "build").noting(new Built()),
        Probe.time(registry, "tool registry", REGISTRY, "<init>")
            .taking("(Lkotlin/jvm/functions/Function1;)")
            .noting(new Made()),
        Probe.timeSuspending(
                Phase.TOOL_CALL, "tool call", ENVIRONMENT, "executeTool", TOOL_FRAME, new Called())
            .arity(3),
        Probe.time(Phase.AGENT_BUILD, "agent", AGENTS + "agent.GraphAIAgent", "<init>")
            .alsoIn(AGENTS + "agent.FunctionalAIAgent"),
        Probe.read(AGENTS + "agent.AIAgent", "run", RequestEntry.ofAgent("koog agent")));
  }

  private static ModelDialect dialect() {
    return new ModelDialect("openai")
        .modelOfArgument(1, "getId")
        .content("getParts", "getText")
        .toolCall("getParts", "getTool")
        .usage("getMetaInfo")
        .counts(new UsagePaths().input("getInputTokensCount").output("getOutputTokensCount"));
  }

  private static ModelDialect chunks() {
    return new ModelDialect("openai")
        .modelOfAnswer("getModel")
        .content("getChoices", "getDelta", "getContent")
        .toolCall("getChoices", "getDelta", "getToolCalls")
        .usage("getUsage")
        .counts(
            new UsagePaths()
                .input("getPromptTokens")
                .cached("getPromptTokensDetails", "getCachedTokens")
                .output("getCompletionTokens"));
  }

  private static final class Built implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(Read.list(result, "getTools")));
    }
  }

  private static final class Made implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(Read.list(self, "getTools")));
    }
  }

  private static final class Called implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(args[0], "getTool"));
    }
  }
}
