package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.net.Opening;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * TLS of the asynchronous HTTP clients of Apache, 4 and 5, which those of Elasticsearch and
 * OpenSearch are made of. The JDK tells of look-ups and TCP; the classic clients have its sockets.
 */
public final class ApacheHttpAsync implements Library {
  private static final String V4 = "org.apache.http.nio.reactor.ssl.SSLIOSession";
  private static final String V5 = "org.apache.hc.core5.reactor.ssl.SSLIOSession";
  private static final String HANDSHAKE = "doHandshake";
  private static final Opening.Done HANDSHAKEN_4 = new Handshaken4();
  private static final Opening.Done HANDSHAKEN_5 = new Handshaken5();

  @Override
  public String name() {
    return "apache-http-async";
  }

  @Override
  public String testedVersions() {
    return "HttpCore NIO 4.4.16, HttpCore 5.4.3";
  }

  @Override
  public List<Probe> probes() {
    Opening tls = new Opening();
    // What version 5 does with a connection that is there is for whom it was asked for. Version 4
    // does it on threads that belong to whoever made the client.
    List<Probe> probes =
        new ArrayList<>(
            Probe.bound(List.of("org.apache.hc.core5.reactor.IOSessionRequest"), "completed"));
    Collections.addAll(
        probes,
        begins(V4, tls, HANDSHAKEN_4).arity(0),
        begins(V5, tls, HANDSHAKEN_5).arity(1),
        Probe.read(V4, HANDSHAKE, tls.endsIf(HANDSHAKEN_4, At.self(), At.self("getSSLSession"))),
        Probe.read(
            V5,
            HANDSHAKE,
            tls.endsIf(HANDSHAKEN_5, At.self(), At.self("getTlsDetails", "getSSLSession"))),
        Probe.read(V4, "shutdown", tls.givenUp(At.self())),
        Probe.read(V5, "close", tls.givenUp(At.self())).arity(1));
    return probes;
  }

  private static Probe begins(String type, Opening tls, Opening.Done done) {
    return Probe.read(type, "initialize", tls.beginsUnless(done, At.self()))
        .connecting(Connect.TLS);
  }

  /** Before that its session has no protocol. */
  private static final class Handshaken4 implements Opening.Done {
    @Override
    public boolean isSo(Object self, Object[] args, Object result) {
      Object protocol = Read.path(self, "getSSLSession", "getProtocol");
      return protocol != null && !protocol.equals("NONE");
    }
  }

  /** It has a session before the other side's name has been looked at. */
  private static final class Handshaken5 implements Opening.Done {
    @Override
    public boolean isSo(Object self, Object[] args, Object result) {
      return Read.path(self, "getTlsDetails") != null;
    }
  }
}
