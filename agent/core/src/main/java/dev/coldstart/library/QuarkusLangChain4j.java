package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.RequestCall;
import dev.coldstart.weave.RequestEntry;
import java.util.List;

/**
 * AI services of Quarkus LangChain4j, which are classes that its build makes: their tools, and
 * calls of them. Their models are LangChain4j's.
 */
public final class QuarkusLangChain4j implements Library {
  private static final String RUNTIME = "io.quarkiverse.langchain4j.runtime.";

  @Override
  public String name() {
    return "quarkus-langchain4j";
  }

  @Override
  public String testedVersions() {
    return "1.7.0";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        // The function that makes the bean behind a declared service.
        Probe.time(Phase.AGENT_BUILD, "ai service", RUNTIME + "AiServicesRecorder$3", "apply"),
        Probe.time(
                Phase.TOOL_REGISTRY,
                "tools: schemas",
                RUNTIME + "ToolsRecorder",
                "populateToolMetadata")
            .noting(new Tools()),
        Probe.time(
                Phase.TOOL_CALL,
                "tool call",
                RUNTIME + "tool.QuarkusToolExecutor",
                "executeWithContext")
            .noting(new ToolName()),
        Probe.read(
            RUNTIME + "aiservice.AiServiceMethodImplementationSupport",
            "doImplement",
            new Called()));
  }

  /** (objects with tools, list to fill, ..) */
  private static final class Tools implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(args[1]));
    }
  }

  /** (what the model asks for, ..) */
  private static final class ToolName implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(args[0], "name"));
    }
  }

  /**
   * (what is known of the method, ..) A stream does nothing before it is subscribed to; then its
   * model call is the agent's call.
   */
  private static final class Called extends RequestCall {
    @Override
    protected Trace begin(Object self, Object[] args) {
      String returned = Read.text(args[0], "getReturnTypeSignature");
      if (returned == null || returned.startsWith("Lio/smallrye/mutiny/")) {
        return null;
      }
      String type = Read.text(args[0], "getInterfaceName");
      String method = Read.text(args[0], "getMethodName");
      if (type == null || method == null) {
        return RequestEntry.beginAgentCall("ai service");
      }
      int name = Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1;
      return RequestEntry.beginAgentCall(type.substring(name) + '#' + method);
    }
  }
}
