package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelTest {
  /** What a label may read of it, and what it may not. */
  public static class Server {
    public int port = 8080;
    String hidden = "hidden";
    private final String region = "eu";
    private final Deque<String> queue = new ArrayDeque<>(List.of("first"));

    public String getName() {
      return "main\nline";
    }

    public boolean isReady() {
      return true;
    }

    public String region() {
      return region;
    }

    public String getBroken() {
      throw new IllegalStateException();
    }

    public Tool getTool() {
      return new Tool("today", TimeUnit.DAYS, 1.5);
    }

    /** Reading it would change it. */
    public String poll() {
      return queue.poll();
    }

    public void getNothing() {
      queue.clear();
    }

    String getSecret() {
      return "secret";
    }

    @Override
    public String toString() {
      return "never called";
    }
  }

  record Tool(String name, TimeUnit unit, double cost) {}

  private final Server server = new Server();
  private final Object[] args = {server, "text", 7, null, new Tool("t", TimeUnit.HOURS, 2)};

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "load {1} and {2}, load text and 7",
    "{0.name}, main?line",
    "{this.name}|{0.ready}|{0.region}|{0.port}, main?line|true|eu|8080",
    "{0.getName}, ?",
    "{0.tool.name} {0.tool.unit} {0.tool.cost}, today DAYS 1.5",
    "{4.unit}, HOURS",
    "{0.class} {4.class}, Server Tool",
    "{3} {3.name} {9} {this.tool.name.class}, ? ? ? String",
    "{0} {0.poll} {0.hidden} {0.secret}, ? ? ? ?",
    "{0.broken} {0.nothing} {0.none} {0.tool}, ? ? ? ?",
  })
  void showsWhatIsMeantToBeRead(String label, String shown) {
    assertThat(Label.wrong(label)).isNull();
    assertThat(new Label(label).of(server, args)).isEqualTo(shown);
    assertThat(server.queue).as("as it was").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "{, braces that do not match",
    "a } b, braces that do not match",
    "{0} }, braces that do not match",
    "{{0}}, '{{0}, which is no value'",
    "{}, '{}, which is no value'",
    "{name}, '{name}, which is no value'",
    "{10}, '{10}, which is no value'",
    "{0.}, '{0.}, which is no value'",
    "{0.a-b}, '{0.a-b}, which is no value'",
    "{0.name()}, '{0.name()}, which is no value'",
    "{this.a.b.c.d}, '{this.a.b.c.d}, which is no value'",
    "{0}{1}{2}{3}{4}, more than 4 values",
  })
  void tellsWhatIsWrong(String label, String told) {
    assertThat(Label.wrong(label)).startsWith(told);
  }

  @Test
  void valuesAreShort() {
    assertThat(new Label("{0}").of(null, new Object[] {"x".repeat(10_000)})).hasSize(67);
  }

  @Test
  void thereAreNotAnyNumberOfLabels() {
    Label label = new Label("tool {0} of {1}");
    Set<String> labels = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      labels.add(label.of(null, new Object[] {i, "x"}));
    }
    assertThat(labels).hasSize(Label.MAX_DISTINCT + 1).contains("tool 99 of x", "tool .. of ..");
    assertThat(label.of(null, new Object[] {5, "x"})).as("known").isEqualTo("tool 5 of x");
  }

  @Test
  void knowsWhatItNeeds() {
    assertThat(new Label("{2.name} {0}").lastArgument()).isEqualTo(2);
    assertThat(new Label("{this.name}").lastArgument()).isEqualTo(-1);
    assertThat(new Label("{this.name}").usesThis()).isTrue();
    assertThat(new Label("{0}").usesThis()).isFalse();
  }
}
