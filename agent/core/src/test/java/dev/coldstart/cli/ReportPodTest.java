package dev.coldstart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Sample;
import dev.coldstart.report.pod.PodTimelines;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPodTest {
  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(dir.resolve("run.json"), Sample.json("cold"));
    for (String file : new String[] {"pod.json", "events.json"}) {
      try (InputStream in = PodTimelines.class.getResourceAsStream(file)) {
        Files.copy(in, dir.resolve(file));
      }
    }
  }

  @Test
  void podStandsInFrontOfTheStartInEveryFormat() {
    assertThat(report("--pod", file("pod.json"), "--events", file("events.json"))).isZero();
    assertThat(out.toString()).contains("Pod", "image_pull 24.0 s").contains("Before ready");
    for (String format : new String[] {"markdown", "json", "html"}) {
      out.getBuffer().setLength(0);
      assertThat(report("--pod", file("pod.json"), "--format", format)).isZero();
      assertThat(out.toString()).contains("travel-agent-6c9f7bd86f-x2x7q", "process_start");
    }
  }

  @Test
  void whatCannotBeUsedCostsOneLine() {
    assertThat(report("--pod", file("run.json"))).isEqualTo(2);
    assertThat(report("--pod", file("absent.json"))).isEqualTo(2);
    assertThat(report("--pod", file("pod.json"), "--container", "web")).isEqualTo(2);
    assertThat(report("--events", file("events.json"))).isEqualTo(2);
    assertThat(report(file("run.json"), "--pod", file("pod.json"), "--format", "html"))
        .isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> !line.contains("for help: ")))
        .hasSize(5)
        .allMatch(line -> line.startsWith("coldstart: "))
        .anyMatch(line -> line.contains("not a Pod"))
        .anyMatch(line -> line.contains("no such file"))
        .anyMatch(line -> line.contains("no container \"web\""))
        .anyMatch(line -> line.contains("--pod goes with one report"));
    assertThat(err.toString()).doesNotContain("Exception");
  }

  private int report(String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "report";
    args[1] = file("run.json");
    System.arraycopy(more, 0, args, 2, more.length);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }
}
