package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RxJava's pipelines work for the request that subscribed. */
class RxJavaIT {
  @TempDir private Path folder;

  @Test
  void carriesRequests() throws Exception {
    Map<String, Integer> ways =
        Libs.once(
            "computation",
            "io",
            "single",
            "newThread",
            "from",
            "timer",
            "singleObserveOn",
            "maybeObserveOn",
            "completableObserveOn",
            "singleCreate",
            "maybeCreate",
            "completableCreate",
            "subject");
    ways.putAll(Map.of("interval", 3, "observeOn", 3, "parallel", 4));
    ways.putAll(Map.of("serialized", 2, "observable", 2));
    ways.putAll(Map.of("flowable-MISSING", 2, "flowable-ERROR", 2, "flowable-BUFFER", 2));
    ways.putAll(Map.of("flowable-DROP", 2, "flowable-LATEST", 2));
    assertThat(Libs.carries(Jdks.any(), folder, "rxjava", "RxJavaWays", ways).agent().libraries())
        .contains("rxjava");
  }
}
