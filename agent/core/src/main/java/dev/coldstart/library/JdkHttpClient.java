package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * When the JDK's HTTP client sends for a request and when answers arrive: what a model call waited
 * for on the wire, without the client's own work around it. No timing of its own.
 */
public final class JdkHttpClient implements Library {
  private static final String PACKAGE = "jdk.internal.net.http.";
  private static final String STREAM = PACKAGE + "ResponseSubscribers$HttpResponseInputStream";
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
        Probe.read(STREAM, "<init>", new AnswerBegins()).alsoIn(PUBLISHER),
        Probe.read(STREAM, "onNext", new Arrived()).alsoIn(PUBLISHER));
  }

  private static final class Sent extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      Trace trace = Recorder.target();
      if (trace.serial > 0) {
        trace.sent = System.nanoTime();
      }
      return null;
    }
  }

  /** Made in a stage that the sending thread registered, so its request is known here. */
  private static final class AnswerBegins extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      Trace trace = Recorder.target();
      if (trace.serial > 0) {
        Inbound.bind(self, trace);
      }
      return result;
    }
  }

  private static final class Arrived extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      if (trace != null) {
        trace.arrived = System.nanoTime();
      }
      return null;
    }
  }
}
