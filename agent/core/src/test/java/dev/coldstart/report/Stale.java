package dev.coldstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a generated text with its committed copy; {@code -Dcoldstart.update=true} rewrites it.
 */
public final class Stale {
  /** Fails when they differ. */
  public static void check(Path file, String generated) throws IOException {
    if (Boolean.getBoolean("coldstart.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }
    assertThat(file).as("run the test with -Dcoldstart.update=true").exists();
    assertThat(Files.readString(file))
        .as(file + " is stale: run the test with -Dcoldstart.update=true and review the change")
        .isEqualTo(generated);
  }

  private Stale() {}
}
