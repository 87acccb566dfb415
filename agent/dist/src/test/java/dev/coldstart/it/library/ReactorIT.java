package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdk;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reactor's pipelines work for the request that subscribed; from JDK 21 on virtual threads. */
class ReactorIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void carriesRequests(Jdk jdk) throws Exception {
    Map<String, Integer> ways =
        Libs.once(
            "publishOn",
            "subscribeOn",
            "fromExecutor",
            "delay",
            "timeout",
            "monoCreate",
            "monoCreateError",
            "future",
            "sinkOne",
            "cached");
    ways.putAll(Map.of("publishOnFlux", 3, "delayElements", 2, "interval", 3, "flatMap", 3));
    ways.putAll(Map.of("parallelFlux", 4, "retry", 3, "fluxCreate", 3, "fluxPush", 3));
    ways.putAll(Map.of("sinkUnicast", 2, "sinkDirect", 2));
    RunReport report =
        Libs.carries(
            jdk,
            folder,
            "reactor",
            "ReactorWays",
            ways,
            "-Dreactor.schedulers.defaultBoundedElasticOnVirtualThreads=true");
    assertThat(report.agent().libraries()).contains("reactor");
  }
}
