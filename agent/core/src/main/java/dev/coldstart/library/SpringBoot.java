package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * The start of a Spring Boot application: it is ready with its {@code ApplicationReadyEvent}, after
 * its web server and after its runners.
 */
public final class SpringBoot implements Library {
  private static final String BOOT = "org.springframework.boot.";

  @Override
  public String name() {
    return "spring-boot";
  }

  @Override
  public String testedVersions() {
    return "3.5";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.time(Phase.APP_START, "spring application", BOOT + "SpringApplication", "run"),
        Server.ready(
            "Spring Boot application ready", BOOT + "SpringApplicationRunListeners", "ready"));
  }
}
