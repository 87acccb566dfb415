package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.RequestEntry;
import java.util.List;

/**
 * Google's Agent Development Kit: tools and MCP toolsets, building agents, and its runner as the
 * entry of an agent. Nearly all of it returns publishers of RxJava. Its models are called by the
 * SDKs of their providers. A model of one's own (a subclass of {@code BaseLlm}) that no known
 * client is below is in no call: to find subclasses would cost every application (decision 0020),
 * but a user may ask for it, {@code +com.google.adk.models.BaseLlm#generateContent}.
 */
public final class GoogleAdk implements Library {
  private static final String ADK = "com.google.adk.";
  private static final String FLOWS = ADK + "flows.llmflows.";

  @Override
  public String name() {
    return "google-adk";
  }

  @Override
  public String testedVersions() {
    return "0.3.0, 1.8.0";
  }

  @Override
  public List<Probe> probes() {
    Phase registry = Phase.TOOL_REGISTRY;
    return List.of(
        Probe.time(registry, "tools: schemas", ADK + "tools.FunctionTool", "create")
            .noting(new Created()),
        Probe.timePublisher(registry, "tools", ADK + "agents.LlmAgent", "canonicalTools")
            .noting(new Count()),
        Probe.timePublisher(registry, "mcp tools", ADK + "tools.mcp.McpToolset", "getTools")
            .alsoIn(ADK + "tools.mcp.McpAsyncToolset")
            .noting(new Count()),
        Probe.timeAsync(Phase.TOOL_CALL, "tool call", FLOWS + "Functions", "callTool")
            .noting(new Called()),
        Probe.time(Phase.AGENT_BUILD, "agent", ADK + "agents.LlmAgent$Builder", "build"),
        Probe.read(ADK + "runner.Runner", "runAsync", RequestEntry.ofPublishingAgent("adk runner"))
            .replacingResult());
  }

  private static final class Created implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(result, "name"));
    }
  }

  private static final class Called implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(args[0], "name"));
    }
  }

  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {}

    @Override
    public void elements(long count) {
      Recorder.note("tools", count);
    }
  }
}
