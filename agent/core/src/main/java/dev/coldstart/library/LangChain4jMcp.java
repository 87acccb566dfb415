package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import java.util.List;

/** The MCP client of LangChain4j: its constructor starts the transport and initializes. */
public final class LangChain4jMcp implements Library {
  private static final String CLIENT = "dev.langchain4j.mcp.client.DefaultMcpClient";
  private static final String TRANSPORT = "dev.langchain4j.mcp.client.transport.";

  @Override
  public String name() {
    return "langchain4j-mcp";
  }

  @Override
  public String testedVersions() {
    return "1.18.1-beta28";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.TOOL_REGISTRY;
    return List.of(
        Probe.time(phase, "mcp connect", CLIENT, "<init>").noting(new Server()),
        Probe.time(phase, "mcp initialize", CLIENT, "initialize"),
        Probe.time(phase, "mcp tools/list", CLIENT, "obtainToolList").noting(new Count()),
        Probe.time(phase, "mcp transport start", TRANSPORT + "stdio.StdioMcpTransport", "start")
            .alsoIn(
                TRANSPORT + "http.StreamableHttpMcpTransport",
                TRANSPORT + "http.HttpMcpTransport",
                TRANSPORT + "websocket.WebSocketMcpTransport"),
        Probe.time(phase, "mcp tools", "dev.langchain4j.mcp.McpToolProvider", "provideTools"),
        Probe.time(Phase.TOOL_CALL, "mcp tools/call", CLIENT, "executeTool"));
  }

  private static final class Server implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("server", Read.text(self, "key"));
    }
  }

  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tools", Read.size(result));
      Recorder.note("server", Read.text(self, "key"));
    }
  }
}
