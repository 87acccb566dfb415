package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.SchemaProbes;
import dev.coldstart.weave.WeakIdentityMap;
import java.util.List;

/**
 * The client of the official MCP Java SDK. Its synchronous methods block their caller and frame
 * what they wait for; below them, and alone in an asynchronous client or one that initializes by
 * itself, are the transport's start and each request of the protocol. A client or server that
 * checks what tools answer has a validator.
 */
public final class McpSdk implements Library {
  private static final String SDK = "io.modelcontextprotocol.";
  private static final String SYNC = SDK + "client.McpSyncClient";
  private static final String STDIO = SDK + "client.transport.StdioClientTransport";
  private static final String SSE = SDK + "client.transport.HttpClientSseClientTransport";
  private static final String HTTP = SDK + "client.transport.HttpClientStreamableHttpTransport";
  private static final String SCHEMAS = SDK + "json.schema.";
  private static final String SESSION = SDK + "spec.McpClientSession";

  /** What each server calls itself, by the session with it. */
  private static final WeakIdentityMap<String> SERVERS = new WeakIdentityMap<>();

  @Override
  public String name() {
    return "mcp-sdk";
  }

  @Override
  public String testedVersions() {
    return "0.10.0, 0.18.3 (Spring AI 1.1), 1.1.5, 2.1.0";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.TOOL_REGISTRY;
    return List.of(
        Probe.time(phase, "mcp json mapper", SDK + "json.McpJsonDefaults", "getMapper"),
        Probe.time(phase, "mcp transport create", STDIO, "<init>"),
        Probe.time(phase, "mcp transport create", SSE + "$Builder", "build")
            .alsoIn(HTTP + "$Builder"),
        Probe.timePublisher(phase, "mcp transport start", STDIO, "connect").alsoIn(SSE, HTTP),
        Probe.time(phase, "mcp initialize", SYNC, "initialize").noting(new Count()),
        Probe.time(phase, "mcp tools/list", SYNC, "listTools").noting(new Count()),
        Probe.time(Phase.TOOL_CALL, "mcp tools/call", SYNC, "callTool").noting(new Tool()),
        Probe.timePublisher(phase, "mcp handshake", SESSION, "sendRequest")
            .noting(new Request("initialize")),
        Probe.timePublisher(phase, "mcp tools/list page", SESSION, "sendRequest")
            .noting(new Request("tools/list")),
        inValidators(SchemaProbes.make(SCHEMAS + "jackson.DefaultJsonSchemaValidator", "<init>")),
        inValidators(
            SchemaProbes.check(SCHEMAS + "jackson.DefaultJsonSchemaValidator", "validate")));
  }

  /** They have moved, and use the validator of networknt. */
  private static Probe inValidators(Probe oldest) {
    return oldest.alsoIn(
        SCHEMAS + "jackson2.DefaultJsonSchemaValidator",
        SCHEMAS + "jackson3.DefaultJsonSchemaValidator");
  }

  /** The server's name, and how many tools the result lists if it does. */
  private static final class Count implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("server", Read.name(self, "getServerInfo", "name"));
      Recorder.note("tools", Read.size(Read.list(result, "tools")));
    }
  }

  /** One request of the protocol, of this method. */
  private static final class Request implements Note {
    private final String method;

    Request(String method) {
      this.method = method;
    }

    @Override
    public boolean wants(Object self, Object[] args) {
      return method.equals(args[0]);
    }

    @Override
    public void note(Object self, Object[] args, Object result) {
      String server = Read.name(result, "serverInfo", "name");
      if (server != null) {
        SERVERS.put(self, server);
      }
      Recorder.note("server", SERVERS.get(self));
      Recorder.note("tools", Read.size(Read.list(result, "tools")));
    }
  }

  private static final class Tool implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("server", Read.name(self, "getServerInfo", "name"));
      Recorder.note("tool", Read.name(args[0], "name"));
    }
  }
}
