package dev.coldstart.library;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
import java.util.List;

/** Route templates of Micronaut; its requests are those of the Netty codecs it is made of. */
public final class Micronaut implements Library {
  @Override
  public String name() {
    return "micronaut";
  }

  @Override
  public String testedVersions() {
    return "4.9.9";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read("io.micronaut.http.server.RouteExecutor", "findRouteMatch", new Routed()));
  }

  /** Gives the route, null for none. */
  private static final class Routed extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Object template = Read.path(result, "getRouteInfo", "getUriMatchTemplate");
      Trace trace = Scope.current().request();
      if (trace == null || template == null) {
        return;
      }
      String route = template.toString();
      // One for every path below tells less than the path.
      if (!route.contains("{+") && !route.contains(":.+}") && !route.contains(":.*}")) {
        trace.route = route;
      }
    }
  }
}
