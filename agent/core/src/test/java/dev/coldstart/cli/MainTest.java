package dev.coldstart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.agent.Option;
import dev.coldstart.export.HdrLog;
import dev.coldstart.export.ReportDir;
import dev.coldstart.export.WarmStats;
import dev.coldstart.report.ReportJson;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final String NEW_LINE = System.lineSeparator();

  static final String[] COMMANDS = {
    "measure",
    "compare",
    "report",
    "merge",
    "export",
    "attach",
    "probes",
    "options",
    "prepare",
    "completion",
    "doctor"
  };

  private record Run(int code, String out, String err) {}

  @TempDir private Path dir;

  @Test
  void helpNamesEveryCommandAndExitCode() {
    Run run = run("--help");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(COMMANDS)
        .containsPattern("0 +pass")
        .containsPattern("1 +failure")
        .containsPattern("2 +usage");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("COMMANDS")
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
      strings = {
        "",
        "bogus",
        "report",
        "report a b",
        "report a b c",
        "report --format pdf a",
        "doctor x",
        "-x"
      })
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

    assertThat(run).isEqualTo(new Run(0, "", "coldstart: wrote " + output + NEW_LINE));
    assertThat(output).content().contains("first request beside");
    assertThat(run("report", "--quiet", file.toString(), "-o", output.toString()))
        .isEqualTo(new Run(0, "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "run.html, <!DOCTYPE html>",
    "run.HTM, <!DOCTYPE html>",
    "run.md, ### Coldstart",
    "run.out.json, {",
    "run, '\nColdstart: travel-agent'",
    "md, '\nColdstart: travel-agent'"
  })
  void reportGoesByTheExtension(String name, String start) throws IOException {
    Path file = Files.writeString(dir.resolve("in.json"), Sample.json("warm"));

    run("report", file.toString(), "-o", dir.resolve(name).toString());

    assertThat(dir.resolve(name)).content().asString().startsWith(start);
  }

  @Test
  void reportFormatWinsOverTheExtension() throws IOException {
    Path file = Files.writeString(dir.resolve("in.json"), Sample.json("warm"));

    run("report", file.toString(), "--format", "Markdown", "-o", dir.resolve("a.html").toString());

    assertThat(dir.resolve("a.html")).content().startsWith("### Coldstart");
    assertThat(run("report", file.toString(), "--format", "json").out())
        .isEqualTo(ReportJson.write(Sample.report("warm")));
  }

  @Test
  void reportShowsTwoSideBySide() throws IOException {
    Path a = Files.writeString(dir.resolve("a.json"), Sample.json("cold"));
    Path b = Files.writeString(dir.resolve("b.json"), Sample.json("warm"));

    Run run = run("report", a.toString(), b.toString(), "--format", "html");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("\"name\":\"a.json\"", "\"name\":\"b.json\"");
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
  void probesListsEachWithWhatItRecords() {
    Run run = run("probes");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^hikaricp +tested +\\d")
        .contains("com.zaxxer.hikari.pool.PoolBase", "llm_ttft", "llm_generation", "(requests)");
  }

  @Test
  void completionKnowsEveryCommand() {
    Run run = run("completion", "--name", "cold");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("complete -F _complete_cold -o default cold").contains(COMMANDS);
    assertThat(run("completion", "--name", "a;b").code()).isEqualTo(2);
  }

  @Test
  void mergePrintsTheSumAndWritesIt() throws IOException {
    WarmStats stats = new WarmStats();
    stats.record(Sample.report("cold").requests().get(0));
    for (long pid = 1; pid <= 2; pid++) {
      new HdrLog(new ReportDir(dir, "pod", pid, w -> {}), stats).report(Sample.report("cold"));
    }
    Path sum = dir.resolve("sum.log");

    Run table = run("merge", dir.toString(), "-o", sum.toString());
    Run again = run("merge", sum.toString());
    Run json = run("merge", "--json", sum.toString());

    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out()).startsWith("2 logs added up:").containsPattern("request:cold +2 ");
    assertThat(again.out()).startsWith("1 log added up:").containsPattern("request:cold +2 ");
    assertThat(json.out())
        .contains("\"schema\": \"coldstart.merged/1\"", "\"logs\": 1", "\"p50_ns\": ");
    assertThat(run("merge", "--quiet", sum.toString())).isEqualTo(new Run(0, "", ""));
    assertRefused(run("merge", dir.resolve("none").toString()), "no such file");
    assertRefused(run("merge", Files.createDirectory(dir.resolve("e")).toString()), "no .hlog");
    assertRefused(run("merge", Files.writeString(dir.resolve("x"), "x").toString()), "not a hist");
  }

  @Test
  void exportNeedsAnAddressItCanUse() throws IOException {
    String file = Files.writeString(dir.resolve("run.json"), Sample.json("cold")).toString();
    for (String bad : new String[] {"localhost:4318", "ftp://x", "http://", "://"}) {
      assertThat(run("export", "--endpoint", bad, file).err()).contains("give http://HOST:4318");
    }
    assertRefused(run("export", dir.resolve("none.json").toString()), "no such file");
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
    assertFails(run, 1, text);
  }

  private static void assertRefused(Run run, String text) {
    assertFails(run, 2, text);
  }

  private static void assertFails(Run run, int code, String text) {
    assertThat(run.code()).as(run.err()).isEqualTo(code);
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
