package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.Wire;
import java.util.List;

/**
 * When the JDK's HTTP client sends for a request and when answers arrive: what a model call waited
 * for on the wire, without the client's own work around it. Carries the request to the threads that
 * deliver the answer, and notes new connections. No timing of its own.
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
        Probe.loop(PACKAGE + "HttpClientImpl$SelectorManager", "run"),
        Probe.read(HTTP1 + "Request", "<init>", new PartOf(1)).alsoIn(HTTP1 + "AsyncReceiver"),
        Probe.read(HTTP2, "<init>", new Begin()),
        // Once the headers are out, on a connection that may have had to be opened.
        Probe.read(HTTP1 + "Exchange", "sendBodyAsync", new Sent()).alsoIn(HTTP2),
        // Once the body is out, which the client may still have had to make.
        Probe.read(HTTP1 + "Request$StreamSubscriber", "<init>", new PartOf(0)).alsoIn(BODIES),
        Probe.read(HTTP1 + "Request$StreamSubscriber", "onComplete", new Sent()).alsoIn(BODIES),
        Probe.read(HTTP1 + "AsyncReceiver", "asyncReceive", new Received()),
        Probe.read(HTTP2, "incoming", new Received()),
        Probe.read(PACKAGE + "PlainHttpConnection", "<init>", new Opened()),
        Probe.read(PUBLISHER, "<init>", new AnswerMade()),
        Probe.read(PUBLISHER, "onNext", new Delivers()),
        Probe.read(PUBLISHER, "onComplete", new Delivers()),
        Probe.read(PUBLISHER, "onError", new Delivers()));
  }

  private static final class Begin extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      exchange(self);
    }
  }

  /** A part of an exchange, told in its constructor, often before that of the exchange is done. */
  private static final class PartOf extends ReturnHook {
    private final int argument;

    PartOf(int argument) {
      this.argument = argument;
    }

    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Wire wire = exchange(args[argument]);
      if (wire != null) {
        wire.bind(self);
      }
    }
  }

  /** Made by the sending thread or in a stage it registered, so its request is known then. */
  private static Wire exchange(Object key) {
    Wire wire = Wire.of(key);
    if (wire == null) {
      Trace trace = Recorder.target();
      if (trace.serial > 0) {
        wire = new Wire(trace);
        wire.bind(key);
      }
    }
    return wire;
  }

  private static final class Sent extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Wire wire = Wire.of(self);
      if (wire != null) {
        wire.sent();
      }
    }
  }

  private static final class Received extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Wire wire = Wire.of(self);
      if (wire != null) {
        wire.received();
      }
    }
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
