package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.RequestEntry;
import java.util.List;

/**
 * Agents that LangChain4j makes of other agents: sequences, loops, those that run side by side. An
 * agent alone is an AI service.
 */
public final class LangChain4jAgentic implements Library {
  private static final String AGENTIC = "dev.langchain4j.agentic.";

  @Override
  public String name() {
    return "langchain4j-agentic";
  }

  @Override
  public String testedVersions() {
    return "1.19.0-beta29";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.time(Phase.AGENT_BUILD, "agent", AGENTIC + "internal.AbstractServiceBuilder", "build")
            .alsoIn(AGENTIC + "agent.AgentBuilder"),
        // What its proxies do with the methods of an agent, not with those of every object.
        Probe.read(
            AGENTIC + "internal.PlannerBasedInvocationHandler",
            "executeAgentMethod",
            RequestEntry.ofAgent("agent")));
  }
}
