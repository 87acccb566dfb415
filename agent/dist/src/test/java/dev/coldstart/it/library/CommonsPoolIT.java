package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache Commons Pool 2 as it comes with Jedis. */
class CommonsPoolIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"-1", "10000"})
  void tellsTheWaitForAnObject(String longest) throws Exception {
    assertThat(
            PoolCheck.check("jedis", "CommonsPoolApp", Visiting.PHASE, folder, longest)
                .agent()
                .libraries())
        .contains("commons-pool2");
  }
}
