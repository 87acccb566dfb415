package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.weave.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserProbesTest {
  private record Read(List<Probe> probes, List<String> lines) {}

  @TempDir private Path dir;

  @Test
  void readsMethodPhaseAndLabel() throws IOException {
    Read read =
        file(
            "# our own tools",
            "",
            "com.acme.Tools#load  tool_registry  our tool list   # slow on Mondays",
            "\tcom.acme.Outer$Inner#<init>\trerank",
            "com.acme.Größe#messen rerank_2 x");

    assertThat(read.lines()).isEmpty();
    assertThat(read.probes())
        .extracting(Probe::types)
        .containsExactly(
            List.of("com.acme.Tools"), List.of("com.acme.Outer$Inner"), List.of("com.acme.Größe"));
    assertThat(read.probes())
        .extracting(Probe::phase)
        .containsExactly("tool_registry", "rerank", "rerank_2");
    assertThat(read.probes())
        .extracting(Probe::span)
        .containsExactly("our tool list", "Outer$Inner#<init>", "x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.Tools#load                | no phase: write Type#method phase",
        "com.acme.Tools.load tool_registry  | com.acme.Tools.load names no method: write Type#meth",
        "com.acme.#load tool_registry       | com.acme.#load is no method",
        "com..acme#load tool_registry       | com..acme#load is no method",
        "com.acme.*#load tool_registry      | com.acme.*#load is no method",
        "com.acme.Tools#load() tool_call    | com.acme.Tools#load() is no method",
        "com.acme.Tools# tool_registry      | com.acme.Tools# is no method",
        "++com.acme.Tool#call tool_call     | +com.acme.Tool#call is no method",
        "+java.util.List#get tool_call      | java.util.List#get cannot be probed",
        "java.util.HashMap#get tool_call    | java.util.HashMap#get cannot be probed",
        "com.acme.Tools#load Tool           | Tool is no name of a phase: use lower case",
        "com.acme.Tools#load 1st            | 1st is no name of a phase",
        "com.acme.Tools#load unattributed   | unattributed is worked out by the agent: choose ano",
        "com.acme.Tools#load jvm_start      | jvm_start is worked out by the agent",
        "com.acme.Tools#load tool_call {0   | the label has braces that do not match",
        "com.acme.Tools#load tool_call {x}  | the label has {x}, which is no value: write {0.name}",
        "com.acme.Good#first tool_call      | com.acme.Good#first is in an earlier line",
      })
  void aBadLineIsToldAndTheRestLoads(String line, String told) throws IOException {
    Read read = file("com.acme.Good#first agent_build", line, "com.acme.Good#last agent_build");

    assertThat(read.probes()).extracting(Probe::span).containsExactly("Good#first", "Good#last");
    assertThat(read.lines())
        .singleElement()
        .asString()
        .startsWith("coldstart: " + dir.resolve("probes") + ":2: " + told)
        .endsWith("; this line is left out");
  }

  @Test
  void valuesAndSubtypesAreTaken() throws IOException {
    Read read =
        file(
            "com.acme.Tools#load tool_registry load {0.name} of {this.region}",
            "+com.acme.Tool#call tool_call",
            "com.acme.Tool#call  tool_call");

    assertThat(read.lines()).isEmpty();
    assertThat(read.probes())
        .extracting(Probe::span)
        .containsExactly("load {0.name} of {this.region}", "Tool#call", "Tool#call");
  }

  @Test
  void aFileThatCannotBeReadIsTold() {
    Read read = read(Map.of("coldstart.probes", dir.resolve("none").toString()));

    assertThat(read.probes()).isEmpty();
    assertThat(read.lines())
        .containsExactly(
            "coldstart: cannot read probes="
                + dir.resolve("none")
                + ": going on without it; check the path and its permissions");
  }

  @Test
  void tooManyAreTold() throws IOException {
    String[] lines = new String[1_100];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "com.acme.Tools#load" + i + " tool_registry";
    }
    Read read = file(lines);

    assertThat(read.probes()).hasSize(1_000);
    assertThat(read.lines()).singleElement().asString().contains(":1001: more than 1000 probes");
  }

  @Test
  void requestsComeBeforeWhatIsTimed() throws IOException {
    Files.writeString(dir.resolve("probes"), "com.acme.Agent#handle agent_build");
    Read read =
        read(
            Map.of(
                "coldstart.probes",
                dir.resolve("probes").toString(),
                "coldstart.requests",
                "com.acme.Agent#handle;com.acme.Job#run;nonsense"));

    assertThat(read.probes())
        .extracting(Probe::types)
        .containsExactly(
            List.of("com.acme.Agent"), List.of("com.acme.Job"), List.of("com.acme.Agent"));
    assertThat(read.probes()).extracting(Probe::phase).containsExactly(null, null, "agent_build");
    assertThat(read.lines())
        .containsExactly(
            "coldstart: option requests: nonsense names no method: write Type#method, as in"
                + " com.acme.Tools#load; it is left out");
  }

  private Read file(String... lines) throws IOException {
    Path file = Files.write(dir.resolve("probes"), List.of(lines));
    return read(Map.of("coldstart.probes", file.toString()));
  }

  private static Read read(Map<String, String> options) {
    Properties properties = new Properties();
    properties.putAll(options);
    PrintStream original = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      Settings settings = Settings.read(null, properties, Map.of());
      List<Probe> probes = new UserProbes(settings).probes();
      return new Read(probes, err.toString(StandardCharsets.UTF_8).lines().toList());
    } finally {
      System.setErr(original);
    }
  }
}
