package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Helidon 4, which needs Java 21: without such a JDK nothing is tested. */
class HelidonIT {
  @TempDir private Path folder;

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("dev.coldstart.it.harness.Jdks#forJava21")
  void reportsEachRequest(Jdk jdk) throws Exception {
    check(jdk, "helidon2").template("/items/{id}").run(folder.resolve("newest"));
    // Templates came later.
    assertThat(check(jdk, "helidon").run(folder.resolve("oldest")).agent().libraries())
        .contains("helidon");
  }

  private static ServerCheck check(Jdk jdk, String set) {
    return ServerCheck.of(set, "HelidonScenes").on(jdk).ready("Helidon started");
  }
}
