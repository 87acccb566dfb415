package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Requests of Tomcat 9 to 11, also asynchronous ones. Coyote's request object is the request; it
 * ends when Tomcat recycles it, after the last byte and after the last asynchronous dispatch.
 */
public final class Tomcat implements Library {
  private static final String ADAPTER = "org.apache.catalina.connector.CoyoteAdapter";
  private static final String PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  @Override
  public String name() {
    return "tomcat";
  }

  @Override
  public String testedVersions() {
    return "10.1 (Spring Boot 3.5)";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read(ADAPTER, "service", new Service()).arity(2),
        Probe.read(ADAPTER, "asyncDispatch", new Dispatch()),
        Probe.read("org.apache.coyote.Response", "doWrite", new Body()),
        Probe.read("org.apache.coyote.Response", "commit", new Commit()),
        Probe.read("org.apache.coyote.Response", "setErrorException", new Broken()),
        Probe.read("org.apache.coyote.Request", "recycle", new Recycled()).arity(0),
        Probe.read("org.apache.coyote.AbstractProtocol", "start", new Started()),
        Probe.time(
            Phase.APP_START,
            "spring application",
            "org.springframework.boot.SpringApplication",
            "run"));
  }

  /** The thread works for the request while the method runs. */
  private static class Dispatch extends JoinHook {
    @Override
    protected int join(Object self, Object[] args) {
      Trace trace = Inbound.of(args[0]);
      return trace == null ? -1 : Recorder.join(trace);
    }
  }

  private static final class Service extends Dispatch {
    @Override
    protected int join(Object self, Object[] args) {
      Object request = args[0];
      Object headers = Read.path(request, "getMimeHeaders");
      Trace trace =
          Inbound.begin(
              request,
              String.valueOf(Read.path(request, "method")),
              String.valueOf(Read.path(request, "requestURI")),
              (String) Read.withText(headers, "getHeader", "traceparent"));
      Inbound.bind(args[1], trace);
      return super.join(self, args);
    }
  }

  private static final class Body extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      if (args[0] instanceof ByteBuffer bytes && bytes.hasRemaining()) {
        Inbound.body(self);
      }
    }
  }

  /** Routing is done and its result not yet recycled: the template replaces the path. */
  private static final class Commit extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      if (trace != null) {
        Object request = Read.withInt(Read.path(self, "getRequest"), "getNote", 1);
        Object pattern = request == null ? null : Read.withText(request, "getAttribute", PATTERN);
        if (pattern instanceof String template) {
          trace.route = template;
        }
        Long status = Read.number(self, "getStatus");
        trace.failed |= status != null && status >= 500;
      }
    }
  }

  /** The response cannot be completed: normally the client is gone. */
  private static final class Broken extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      if (trace != null) {
        trace.failed = true;
      }
    }
  }

  private static final class Recycled extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Inbound.end(self);
    }
  }

  private static final class Started extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Recorder.ready("Tomcat started");
    }
  }
}
