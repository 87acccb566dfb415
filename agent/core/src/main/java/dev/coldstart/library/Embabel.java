package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import java.util.List;

/**
 * Embabel: reading what an agent's class declares, tools made of an object's methods, and calls of
 * them. Its models, MCP clients and other tools are Spring AI's. Tested are these and its loop of
 * model and tools, not its platform in a Spring context.
 */
public final class Embabel implements Library {
  private static final String TOOL = "com.embabel.agent.api.tool.";

  @Override
  public String name() {
    return "embabel";
  }

  @Override
  public String testedVersions() {
    return "0.5.0";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.time(Phase.TOOL_REGISTRY, "tools: schemas", TOOL + "Tool$Companion", "fromInstance")
            .noting(new Count()),
        Probe.time(
            Phase.AGENT_BUILD,
            "agent",
            "com.embabel.agent.api.annotation.support.AgentMetadataReader",
            "createAgentMetadata"),
        Probe.time(Phase.TOOL_CALL, "tool call", TOOL + "MethodTool", "call").noting(new Name()));
  }

  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(result));
    }
  }

  private static final class Name implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(self, "getDefinition", "getName"));
    }
  }
}
