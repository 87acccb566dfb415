package dev.coldstart.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest {
  @Test
  void tellsAddressPortAndLineApart() {
    assertThat(Readiness.parse("http://127.0.0.1:8080/health"))
        .isEqualTo(new Readiness.Url("http://127.0.0.1:8080/health"));
    assertThat(Readiness.parse("8080")).isEqualTo(new Readiness.Port("127.0.0.1", 8080));
    assertThat(Readiness.parse("db.local:99")).isEqualTo(new Readiness.Port("db.local", 99));
    assertThat(Readiness.parse("Started .* in")).isInstanceOf(Readiness.Line.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "https:///x", "0", "70000", "(", "[a"})
  void refusesWhatIsNone(String text) {
    assertThatExceptionOfType(BadInput.class).isThrownBy(() -> Readiness.parse(text));
  }

  @Test
  void aLineOfEitherStreamGivesNamesToTheRequests() throws InterruptedException {
    Output output = new Output(new Readiness.Line(Pattern.compile("port (?<port>[0-9]+)(?<x>!)?")));

    feed(output, "starting\nlistening on port 4711\nlistening on port 5\n", false);

    assertThat(output.names()).containsExactly(java.util.Map.entry("port", "4711"));
    assertThat(output.tail()).hasSize(3);
  }

  @Test
  void theFirstLineIsOneOfStdout() throws InterruptedException {
    Output output = new Output(new Readiness.FirstLine());

    feed(output, "Picked up JAVA_TOOL_OPTIONS\n", false);
    assertThat(output.readyNanos()).isNull();
    feed(output, "hello\n", true);
    assertThat(output.readyNanos()).isNotNull();
  }

  @Test
  void keepsTheLastLinesOnly() throws InterruptedException {
    Output output = new Output(new Readiness.Exit());

    feed(output, "line\n".repeat(1000) + "last", true);

    assertThat(output.tail()).hasSizeLessThan(20).endsWith("last");
  }

  private static void feed(Output output, String text, boolean stdout) throws InterruptedException {
    int before = output.tail().size();
    String end = text.substring(text.stripTrailing().lastIndexOf('\n') + 1).strip();
    output.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), stdout);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (output.tail().size() == before
        || !output.tail().get(output.tail().size() - 1).equals(end)) {
      assertThat(System.nanoTime() - deadline).isNegative();
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
