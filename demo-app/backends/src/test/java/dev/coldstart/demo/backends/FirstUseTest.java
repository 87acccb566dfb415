package dev.coldstart.demo.backends;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delays that only the first use pays. */
class FirstUseTest {
  @TempDir private Path directory;

  @Test
  void onlyTheFirstConnectionIsSlowUntilAReset() throws IOException {
    try (Ledger ledger = new Ledger(directory.resolve("ledger.jsonl"))) {
      var connections = new SlowFirstConnection(1, ledger, () -> Delays.story(0));
      InetSocketAddress first = client(1001);
      connections.awaitUsable(first);
      connections.awaitUsable(first);
      connections.awaitUsable(client(1002));
      assertThat(ledger.text()).hasLineCount(1);

      connections.reset();
      connections.awaitUsable(first);
      assertThat(ledger.text()).hasLineCount(1);
      connections.awaitUsable(client(1003));
      assertThat(ledger.text()).hasLineCount(2);
    }
  }

  @Test
  void theFirstToolListOnStandardInputIsHeldBack() throws IOException {
    String list = "{\"method\":\"tools/list\",\"id\":1}\n";
    String sent = "{\"method\":\"initialize\",\"id\":0}\n" + list + list;
    List<String> seen = new ArrayList<>();
    var input =
        new SlowFirstToolListInput(
            new ByteArrayInputStream(sent.getBytes(UTF_8)),
            () -> seen.add("delay"),
            () -> seen.add("end"));

    assertThat(new String(input.readAllBytes(), UTF_8)).isEqualTo(sent);
    assertThat(seen.get(0)).isEqualTo("delay");
    assertThat(seen).containsOnlyOnce("delay").contains("end");
  }

  @Test
  void scaleOneIsTheNinetySecondStory() {
    Delays story = Delays.story(1);
    assertThat(story.ordersToolListMs() + story.weatherToolListMs()).isEqualTo(30_000);
    assertThat(story.vectorConnectMs()).isEqualTo(20_000);
    assertThat(new DelayOptions.Fraction().convert("1/30")).isEqualTo(1.0 / 30);
  }

  private static InetSocketAddress client(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
