package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.WeakIdentityMap;
import java.util.List;

/**
 * The MCP client of LangChain4j: its constructor starts the transport and initializes. Tools are
 * listed page by page, and each page's schemas are converted.
 */
public final class LangChain4jMcp implements Library {
  private static final String CLIENT = "dev.langchain4j.mcp.client.DefaultMcpClient";
  private static final String TRANSPORT = "dev.langchain4j.mcp.client.transport.";
  private static final String STDIO = TRANSPORT + "stdio.StdioMcpTransport";
  private static final String[] HTTP = {
    TRANSPORT + "http.StreamableHttpMcpTransport", TRANSPORT + "http.HttpMcpTransport"
  };

  /** What each server calls itself, by the transport to it. */
  private static final WeakIdentityMap<String> SERVERS = new WeakIdentityMap<>();

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
        Probe.time(phase, "mcp transport create", STDIO, "<init>").alsoIn(HTTP),
        Probe.time(phase, "mcp connect", CLIENT, "<init>").noting(new Client()),
        Probe.time(phase, "mcp initialize", CLIENT, "initialize"),
        Probe.time(phase, "mcp transport start", STDIO, "start").alsoIn(HTTP),
        Probe.timePublisher(phase, "mcp handshake", STDIO, "initialize")
            .alsoIn(HTTP)
            .noting(new Handshake()),
        Probe.time(phase, "mcp tools/list", CLIENT, "obtainToolList").noting(new Client()),
        Probe.timePublisher(phase, "mcp tools/list page", STDIO, "executeOperationWithResponse")
            .alsoIn(HTTP)
            .taking("McpCallContext")
            .noting(new Page()),
        Probe.time(
            phase,
            "mcp tools: schemas",
            "dev.langchain4j.mcp.client.ToolSpecificationHelper",
            "toolSpecificationListFromMcpResponse"),
        Probe.time(phase, "mcp tools", "dev.langchain4j.mcp.McpToolProvider", "provideTools"),
        Probe.time(Phase.TOOL_CALL, "mcp tools/call", CLIENT, "executeTool").noting(new Tool()));
  }

  /** The user's name of the client, and how many tools the result holds if it does. */
  private static final class Client implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("client", Read.name(self, "key"));
      Recorder.note("tools", Read.size(result));
    }
  }

  private static final class Tool implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("client", Read.name(self, "key"));
      Recorder.note("tool", Read.name(args[0], "name"));
    }
  }

  /** The answer is a tree of JSON. */
  private static final class Handshake implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      String server = Read.name(result, "get:result", "get:serverInfo", "get:name", "asText");
      if (server != null) {
        SERVERS.put(self, server);
        Recorder.note("server", server);
      }
    }
  }

  private static final class Page implements Note {
    @Override
    public boolean wants(Object self, Object[] args) {
      Object message = Read.path(args[0], "message");
      return message != null && message.getClass().getName().endsWith(".McpListToolsRequest");
    }

    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("server", SERVERS.get(self));
      Recorder.note("tools", Read.number(result, "get:result", "get:tools", "size"));
    }
  }
}
