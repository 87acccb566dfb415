package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.IteratedRequest;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.RequestEntry;
import java.util.List;

/**
 * LangGraph4j: compiling a graph, and the tools of its bridges to LangChain4j and Spring AI. Nodes
 * have no phase of their own: what they call has. A stream of a graph is lazy: it is a request from
 * the first step that somebody asks it for.
 */
public final class LangGraph4j implements Library {
  private static final String GRAPH = "org.bsc.langgraph4j.";
  private static final String STREAM = GRAPH + "CompiledGraph$AsyncNodeGeneratorWithEmbed";
  private static final String GENERATOR = "org.bsc.async.AsyncGenerator$WithEmbed";
  private static final String LC4J = GRAPH + "langchain4j.tool.LC4jTool";
  private static final String SPRING_AI = GRAPH + "spring.ai.tool.SpringAIToolService";

  @Override
  public String name() {
    return "langgraph4j";
  }

  @Override
  public String testedVersions() {
    return "1.8.3, 1.8.17 (Spring AI's tools 1.8.3)";
  }

  @Override
  public List<Probe> probes() {
    RequestEntry agent = RequestEntry.ofAgent("graph");
    IteratedRequest stream = new IteratedRequest("graph stream", STREAM);
    return List.of(
        Probe.time(Phase.AGENT_BUILD, "graph compile", GRAPH + "StateGraph", "compile"),
        Probe.read(GRAPH + "CompiledGraph", "invoke", agent),
        Probe.read(GRAPH + "CompiledGraph", "invokeFinal", agent),
        Probe.read(GENERATOR, "next", stream.next()),
        Probe.read(GENERATOR, "cancel", stream.cancelled()),
        Probe.time(Phase.TOOL_REGISTRY, "tools: schemas", LC4J + "MapBuilder", "toolsFromObject")
            .noting(new Tools()),
        Probe.time(Phase.TOOL_REGISTRY, "mcp tools", LC4J + "MapBuilder", "tool")
            .taking("(Ldev/langchain4j/mcp/client/McpClient;")
            .noting(new Tools()),
        Probe.time(Phase.TOOL_REGISTRY, "tools", SPRING_AI, "<init>").noting(new Tools()),
        Probe.time(Phase.TOOL_CALL, "tool call", LC4J + "Service", "scopedToolCall")
            .noting(new Tool()));
  }

  /** How many the builder or service has by now. */
  private static final class Tools implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Long mapped = Read.number(self, "toolMap", "size");
      Recorder.note(
          "tools", mapped != null ? mapped : Read.size(Read.list(self, "agentFunctionsCallback")));
    }
  }

  /** Tools of the bridge to Spring AI are called by way of Spring AI, which times them. */
  private static final class Tool implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(args[0], "name"));
    }
  }
}
