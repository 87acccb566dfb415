package dev.coldstart.library;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import java.util.List;

/** Route templates of Javalin 6 and 7; its requests are those of the Jetty it runs on. */
public final class Javalin implements Library {
  @Override
  public String name() {
    return "javalin";
  }

  @Override
  public String testedVersions() {
    return "6.7.0, 7.2.3";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read("io.javalin.http.servlet.JavalinServletContext", "update", new Endpoint())
            .arity(2));
  }

  /** The next endpoint is at work: a filter for many paths, or the one that answers. */
  private static final class Endpoint extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      // 6 has it in the parsed one.
      Object parsed = Read.path(args[0], "getEndpoint");
      Object endpoint = parsed == null ? args[0] : parsed;
      String template = Read.text(endpoint, "getPath");
      if (template == null) {
        template = Read.text(endpoint, ".path");
      }
      Trace trace = Scope.current().request();
      if (trace != null && template != null && template.indexOf('*') < 0) {
        trace.route = template;
      }
    }
  }
}
