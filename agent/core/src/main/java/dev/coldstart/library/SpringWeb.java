package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * Route templates of Spring MVC and Spring WebFlux, annotated and functional, for the request of
 * whatever server they run on.
 */
public final class SpringWeb implements Library {
  private static final String MVC = "org.springframework.web.servlet.";
  private static final String WEBFLUX = "org.springframework.web.reactive.";
  private static final String PATTERN = "HandlerMapping.bestMatchingPattern";

  @Override
  public String name() {
    return "spring-web";
  }

  @Override
  public String testedVersions() {
    return "6.2 (Spring Boot 3.5)";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read(
                MVC + "mvc.method.RequestMappingInfoHandlerMapping",
                "handleMatch",
                Server.routes(At.lastArgument("getAttribute:" + MVC + PATTERN)))
            .taking("RequestMappingInfo"),
        Probe.read(
            MVC + "function.support.RouterFunctionMapping",
            "setAttributes",
            Server.routes(At.argument(0, "getAttribute:" + MVC + PATTERN))),
        Probe.read(
                WEBFLUX + "result.method.RequestMappingInfoHandlerMapping",
                "handleMatch",
                Server.routes(
                    At.lastArgument("getAttribute:" + WEBFLUX + PATTERN, "getPatternString")))
            .taking("RequestMappingInfo"),
        Probe.read(
            WEBFLUX + "function.server.support.RouterFunctionMapping",
            "setAttributes",
            Server.routes(At.argument(0, "get:" + WEBFLUX + PATTERN, "getPatternString"))));
  }
}
