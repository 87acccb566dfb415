package dev.coldstart.library;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.MessageEntry;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.Server;
import dev.coldstart.weave.WeakIdentityMap;
import java.util.List;

/**
 * Messages that clients send to Tomcat's WebSockets: each that is given to the application's
 * handler is a request of its own, by the path of the handshake, and ends when the handler returns.
 * Where the application wants parts of messages, each part is one.
 */
public final class TomcatWebSocket implements Library {
  private static final String KIND = "ws";
  private static final String SERVER = "org.apache.tomcat.websocket.server.";
  private static final String FRAME = SERVER + "WsFrameServer";

  /** What each connection was opened with. */
  private static final WeakIdentityMap<String> PATHS = new WeakIdentityMap<>();

  @Override
  public String name() {
    return "tomcat-websocket";
  }

  @Override
  public String testedVersions() {
    return "10.1, 11.0.27";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read(FRAME, "<init>", new Opened()),
        Probe.read(FRAME, "sendMessageText", new Message()),
        Probe.read(FRAME, "sendMessageBinary", new Message()),
        Probe.read(SERVER + "WsRemoteEndpointImplServer", "doWrite", new Answered()));
  }

  /** (socket, upgrade, session, transformation, loader). */
  private static final class Opened extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      if (Read.path(args[2], "getRequestURI", "getPath") instanceof String path) {
        PATHS.put(self, Inbound.bare(path));
      }
    }
  }

  private static final class Message extends MessageEntry {
    @Override
    protected Trace begin(Object self, Object[] args) {
      return delivered(KIND, PATHS.get(self), null);
    }
  }

  /** Bytes leave for a client; not those that an HTTP request sends to WebSockets. */
  private static final class Answered extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Scope.current().request();
      if (trace != null && KIND.equals(trace.method)) {
        Server.body(trace);
      }
    }
  }
}
