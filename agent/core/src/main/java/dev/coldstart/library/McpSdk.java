package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import java.util.List;

/**
 * The client of the official MCP Java SDK. Its synchronous methods block their caller; transports
 * and the handshake are publishers, which also run when a client initializes by itself.
 */
public final class McpSdk implements Library {
  private static final String CLIENT = "io.modelcontextprotocol.client.";
  private static final String SYNC = CLIENT + "McpSyncClient";

  @Override
  public String name() {
    return "mcp-sdk";
  }

  @Override
  public String testedVersions() {
    return "0.18.3 (Spring AI 1.1), 1.1.5, 2.1.0";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.TOOL_REGISTRY;
    return List.of(
        Probe.time(phase, "mcp initialize", SYNC, "initialize").noting(new Server()),
        Probe.time(phase, "mcp tools/list", SYNC, "listTools").noting(new Count()),
        Probe.timePublisher(
                phase, "mcp transport start", CLIENT + "transport.StdioClientTransport", "connect")
            .alsoIn(
                CLIENT + "transport.HttpClientStreamableHttpTransport",
                CLIENT + "transport.HttpClientSseClientTransport"),
        Probe.timePublisher(
            phase, "mcp handshake", CLIENT + "LifecycleInitializer", "doInitialize"),
        Probe.time(Phase.TOOL_CALL, "mcp tools/call", SYNC, "callTool").noting(new Tool()));
  }

  private static final class Server implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("server", Read.text(result, "serverInfo", "name"));
    }
  }

  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Object tools = Read.list(result, "tools");
      Recorder.note("tools", Read.size(tools));
    }
  }

  private static final class Tool implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(args[0], "name"));
    }
  }
}
