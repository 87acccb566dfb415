package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that share an event loop each get their own tasks and listeners. */
class NettyIT {
  @TempDir private Path folder;

  @Test
  void carriesRequests() throws Exception {
    Map<String, Integer> ways =
        Libs.once(
            "execute",
            "submit",
            "plain",
            "global",
            "schedule",
            "fromTheLoop",
            "listener",
            "sharedPromise",
            "wheel");
    ways.put("periods", 3);
    for (String version : new String[] {"netty", "netty2"}) {
      assertThat(
              Libs.carries(Jdks.any(), folder.resolve(version), version, "NettyWays", ways)
                  .agent()
                  .libraries())
          .contains("netty");
    }
  }
}
