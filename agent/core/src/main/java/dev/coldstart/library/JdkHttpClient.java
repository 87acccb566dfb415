package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.WireHooks;
import dev.coldstart.weave.net.Opening;
import java.util.List;

/**
 * When the JDK's HTTP client sends for a request and when answers arrive: what a model call waited
 * for on the wire, without the client's own work around it. Carries the request to the threads that
 * deliver the answer, and tells new connections: their handshakes, and their preface of HTTP/2. The
 * channel below is the JDK's.
 */
public final class JdkHttpClient implements Library {
  private static final String PACKAGE = "jdk.internal.net.http.";
  private static final String HTTP1 = PACKAGE + "Http1";
  private static final String HTTP2 = PACKAGE + "Stream";
  private static final String TLS = PACKAGE + "common.SSLFlowDelegate";
  private static final String[] BODIES = {
    HTTP1 + "Request$FixedContentSubscriber", HTTP2 + "$RequestSubscriber"
  };
  private static final String PUBLISHER = PACKAGE + "ResponseSubscribers$PublishingBodySubscriber";

  @Override
  public String name() {
    return "jdk-httpclient";
  }

  @Override
  public String testedVersions() {
    return "JDK 17, 25";
  }

  @Override
  public List<Probe> probes() {
    Opening tls = new Opening();
    return List.of(
        Probe.loop(PACKAGE + "HttpClientImpl$SelectorManager", "run"),
        Probe.read(HTTP1 + "Request", "<init>", WireHooks.partOf(1))
            .alsoIn(HTTP1 + "AsyncReceiver"),
        Probe.read(HTTP2, "<init>", WireHooks.begun()),
        // Once the headers are out, on a connection that may have had to be opened.
        Probe.read(HTTP1 + "Exchange", "sendBodyAsync", WireHooks.sent()).alsoIn(HTTP2),
        // Once the body is out, which the client may still have had to make.
        Probe.read(HTTP1 + "Request$StreamSubscriber", "<init>", WireHooks.partOf(0))
            .alsoIn(BODIES),
        Probe.read(HTTP1 + "Request$StreamSubscriber", "onComplete", WireHooks.sent())
            .alsoIn(BODIES),
        Probe.read(HTTP1 + "AsyncReceiver", "asyncReceive", WireHooks.received()),
        Probe.read(HTTP2, "incoming", WireHooks.received()),
        Probe.read(PACKAGE + "PlainHttpConnection", "<init>", new Opened()),
        Probe.read(TLS, "<init>", tls.begins(At.argument(0), At.self())).connecting(Connect.TLS),
        Probe.read(TLS, "setALPN", tls.ends(At.self())),
        Probe.read(TLS, "handleError", tls.fails(At.argument(0), At.self())),
        Probe.connect(Connect.HTTP2, PACKAGE + "Http2Connection", "sendConnectionPreface"),
        Probe.read(PUBLISHER, "<init>", new AnswerMade()),
        Probe.read(PUBLISHER, "onNext", new Delivers()),
        Probe.read(PUBLISHER, "onComplete", new Delivers()),
        Probe.read(PUBLISHER, "onError", new Delivers()));
  }

  /** No usable connection was left: what waits for the answer waits for a new one too. */
  private static final class Opened extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Recorder.note("connection", "new");
    }
  }

  private static final class AnswerMade extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Trace trace = Recorder.target();
      if (trace.serial > 0) {
        Inbound.bind(self, trace);
      }
    }
  }

  /** What is downstream runs on this thread, for the request that sent. */
  private static final class Delivers extends JoinHook {
    @Override
    protected int join(Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      return trace == null ? -1 : Recorder.join(trace);
    }
  }
}
