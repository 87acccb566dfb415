package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.net.Opening;
import dev.coldstart.weave.net.TlsSession;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Connections that the JDK itself opens, for whatever client: look-ups that its cache of addresses
 * does not answer, sockets and channels that connect, handshakes of its blocking TLS sockets, and
 * processes. TLS over channels is the business of the client that drives the engine.
 */
public final class JdkNetwork implements Library {
  private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";
  private static final String ASYNCHRONOUS = "sun.nio.ch.UnixAsynchronousSocketChannelImpl";

  @Override
  public String name() {
    return "jdk-network";
  }

  @Override
  public String testedVersions() {
    return "JDK 17, 25";
  }

  @Override
  public List<Probe> probes() {
    Opening tcp = new Opening();
    Connected connected = new Connected();
    Opening later = new Opening();
    return List.of(
        Probe.connect(Connect.DNS, "java.net.InetAddress$NameServiceAddresses", "get"),
        Probe.connect(Connect.TCP, "sun.nio.ch.NioSocketImpl", "connect").taking("SocketAddress"),
        Probe.connect(Connect.TCP, CHANNEL, "blockingConnect"),
        Probe.read(CHANNEL, "connect", tcp.beginsUnless(connected, At.self()))
            .connecting(Connect.TCP),
        Probe.read(CHANNEL, "finishConnect", tcp.endsIf(connected, At.self())),
        Probe.read(CHANNEL, "implCloseSelectableChannel", tcp.givenUp(At.self())),
        Probe.read(ASYNCHRONOUS, "implConnect", later.begins(At.self())).connecting(Connect.TCP),
        Probe.read(ASYNCHRONOUS, "setConnected", later.ends(At.self())),
        Probe.read(ASYNCHRONOUS, "implClose", later.givenUp(At.self())),
        Probe.connect(Connect.TLS, "sun.security.ssl.SSLSocketImpl", "startHandshake")
            .arity(1)
            .noting(new TlsSession(At.self())),
        Probe.connect(Connect.PROCESS_START, "java.lang.ProcessImpl", "start"));
  }

  /** Not by name: what that needs on JDK 25 costs a start 20 classes. */
  private static final class Connected implements Opening.Done {
    @Override
    public boolean isSo(Object self, Object[] args, Object result) {
      return ((SocketChannel) self).isConnected();
    }
  }
}
