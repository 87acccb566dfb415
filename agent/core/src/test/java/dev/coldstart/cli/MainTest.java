package dev.coldstart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.agent.Option;
import dev.coldstart.report.Sample;
import dev.coldstart.report.SummaryText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private record Run(int code, String out, String err) {}

  @TempDir private Path dir;

  @Test
  void helpNamesEveryCommandAndExitCode() {
    Run run = run("--help");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("report", "libraries", "options", "doctor")
        .containsPattern("0 +pass")
        .containsPattern("1 +failure")
        .containsPattern("2 +usage");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "libraries", "options", "doctor"})
  void everyCommandHasHelpWithItsOwnSynopsis(String command) {
    Run run = run(command, "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("java -jar coldstart-agent.jar " + command);
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void tellsItsVersion() {
    Run run = run("--version");

    assertThat(run.code()).isZero();
    assertThat(run.out()).matches("coldstart \\d+\\.\\d+\\.\\S+ \\(Java .+\\)\\R");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bogus", "report", "report a b", "report --format html a", "doctor x", "-x"})
  void wrongUsageIsOneLineAndWhereToFindHelp(String arguments) {
    Run run = run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("coldstart: "));
    assertThat(run.err()).contains("--help");
  }

  @Test
  void argumentsCannotForgeLines() {
    assertThat(run("bo\ngus\u001b[2J\u009b").err().lines()).hasSize(2);
  }

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void reportRendersASavedReport(String sample) throws IOException {
    Path file = Files.writeString(dir.resolve("run.json"), Sample.json(sample));

    Run run = run("report", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo(SummaryText.warm(Sample.report(sample), file.toString()));
  }

  @Test
  void reportWritesAFile() throws IOException {
    Path file = Files.writeString(dir.resolve("run.json"), Sample.json("warm"));
    Path output = dir.resolve("run.txt");

    Run run = run("report", file.toString(), "-o", output.toString());

    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(output).content().contains("first request beside");
  }

  @Test
  void reportNeverReplacesWhatItReads() throws IOException {
    Path file = Files.writeString(dir.resolve("run.json"), Sample.json("cold"));

    Run run = run("report", file.toString(), "-o", dir + "/./run.json");

    assertFails(run, "name another file");
    assertThat(file).content().isEqualTo(Sample.json("cold"));
  }

  @Test
  void reportSaysWhichDirectoryIsMissing() throws IOException {
    Path file = Files.writeString(dir.resolve("run.json"), Sample.json("cold"));

    assertFails(run("report", file.toString(), "-o", dir + "/no/such/dir"), "cannot write");
  }

  @Test
  void optionsListsEveryOption() {
    Run run = run("options");

    assertThat(run.code()).isZero();
    for (Option option : Option.values()) {
      assertThat(run.out()).contains(option.key, option.help, option.environment());
    }
  }

  @Test
  void librariesListsEachWithWhatItRecords() {
    Run run = run("libraries");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^hikaricp +tested +\\d")
        .contains("com.zaxxer.hikari.pool.PoolBase", "llm_ttft", "llm_generation", "(requests)");
  }

  @Test
  void doctorNeedsTheJar() {
    Run run = run("doctor");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("FAIL", "agent jar", "coldstart-agent.jar");
  }

  @Test
  void doctorNeedsAJavaThatExists() {
    Run run = run("doctor", "--java", dir.resolve("java").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("FAIL", "--java=FILE");
  }

  private static void assertFails(Run run, String text) {
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("coldstart: ").contains(text).doesNotContain("Exception");
  }

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Run(code, out.toString(), err.toString());
  }
}
