package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import java.util.List;

/**
 * Applications of Quarkus, and the templates of its REST resources. Vert.x, which Quarkus serves
 * with, has the requests. A resource below a locator's is reported with the locator's template.
 */
public final class QuarkusRest implements Library {
  @Override
  public String name() {
    return "quarkus-rest";
  }

  @Override
  public String testedVersions() {
    return "3.27.2";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.time(
            Phase.APP_START, "quarkus application", "io.quarkus.runtime.Application", "start"),
        Probe.read("io.quarkus.bootstrap.runner.Timing", "setHttpServer", new Listening()),
        Probe.read(
                "org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext",
                "restart",
                new Routed())
            .arity(2));
  }

  /** (what it says of where it listens, ..): no address when it does not, as a job may want it. */
  private static final class Listening extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      if (args[0] instanceof String text && text.contains("://")) {
        Recorder.ready("Quarkus HTTP server started");
      }
    }
  }

  /** (resource, ..): the request goes on with the handlers of the method that matches. */
  private static final class Routed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      String type = Read.text(args[0], "getClassPath", ".template");
      String method = Read.text(args[0], "getPath", ".template");
      Trace trace = Scope.current().request();
      if (trace == null || type == null || method == null) {
        return;
      }
      String route = joined(joined(Read.text(self, "getDeployment", "getPrefix"), type), method);
      // One for every path below tells less than the path.
      if (!route.contains(".*}") && !route.contains(".+}")) {
        trace.route = route;
      }
    }
  }

  /** With one slash before each part and none at the end. */
  private static String joined(String base, String path) {
    String more = path.startsWith("/") ? path.substring(1) : path;
    String start = base == null || base.isEmpty() ? "/" : base;
    if (more.isEmpty()) {
      return start;
    }
    return start.endsWith("/") ? start + more : start + '/' + more;
  }
}
