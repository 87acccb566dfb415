package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.ReturnHook;
import java.util.List;

/**
 * When the JDK's HTTP client sends for a request and when answers arrive: what a model call waited
 * for on the wire, without the client's own work around it. Carries the request to the threads that
 * deliver the answer. No timing of its own.
 */
public final class JdkHttpClient implements Library {
  private static final String PACKAGE = "jdk.internal.net.http.";
  private static final String HTTP1 = PACKAGE + "Http1";
  private static final String HTTP2 = PACKAGE + "Stream";
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
    return List.of(
        Probe.read(PACKAGE + "HttpClientImpl", "sendAsync", new Sent()).arity(4),
        // Once the headers are out, on a connection that may have had to be opened.
        Probe.read(HTTP1 + "Exchange", "sendBodyAsync", new Sent()).alsoIn(HTTP2),
        // Once the body is out, which the client may still have had to make.
        Probe.read(HTTP1 + "Request$StreamSubscriber", "<init>", new Known()).alsoIn(BODIES),
        Probe.read(HTTP1 + "Request$StreamSubscriber", "onComplete", new BodySent()).alsoIn(BODIES),
        Probe.read(HTTP1 + "AsyncReceiver", "<init>", new Known()).alsoIn(HTTP2),
        Probe.read(HTTP1 + "AsyncReceiver", "asyncReceive", new Arrived()),
        Probe.read(HTTP2, "incoming", new Arrived()),
        Probe.read(PUBLISHER, "<init>", new Known()),
        Probe.read(PUBLISHER, "onNext", new Delivers()),
        Probe.read(PUBLISHER, "onComplete", new Delivers()),
        Probe.read(PUBLISHER, "onError", new Delivers()));
  }

  private static final class Sent extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Recorder.target();
      if (trace.serial > 0) {
        trace.sent(System.nanoTime());
      }
    }
  }

  private static final class BodySent extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      if (trace != null) {
        trace.sent(System.nanoTime());
      }
    }
  }

  /** Made by the sending thread or in a stage it registered, so its request is known here. */
  private static final class Known extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Trace trace = Recorder.target();
      if (trace.serial > 0) {
        Inbound.bind(self, trace);
      }
    }
  }

  private static final class Arrived extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      if (trace != null) {
        trace.received(System.nanoTime());
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
