package dev.coldstart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.compare.MadeSamples;
import dev.coldstart.measure.SamplesJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareCommandTest {
  private record Run(int code, String out, String err) {}

  @TempDir private Path dir;
  private String base;
  private String slow;
  private String few;

  @BeforeEach
  void write() throws IOException {
    base = write("base.json", new MadeSamples().variant("base", 12, 1_000, 1));
    slow = write("slow.json", new MadeSamples().variant("slow", 12, 1_600, 2));
    few = write("few.json", new MadeSamples().variant("few", 2, 1_000, 3));
  }

  @Test
  void exitCodeIsTheVerdict() {
    assertThat(run(base, base).code()).isZero();
    assertThat(run(base, slow).code()).isEqualTo(3);
    assertThat(run(slow, base).code()).isZero();
    assertThat(run(base, few).code()).isZero();
    assertThat(run(base, few, "--strict").code()).isEqualTo(4);
    assertThat(run(base, few).out()).contains("cannot tell", "more runs of each side");
  }

  @Test
  void theTwoVariantsOfOneFile() throws IOException {
    String both =
        write(
            "both.json",
            new MadeSamples().variant("base", 12, 1_000, 1).variant("new", 12, 1_600, 2));

    assertThat(run(both).code()).isEqualTo(3);
    assertThat(run(both + "#new", both + "#base").code()).isZero();
    assertThat(run(both, both).code()).isEqualTo(2);
    assertThat(run(base).code()).isEqualTo(2);
  }

  @Test
  void writesSeveralFormatsAtOnce() {
    Path markdown = dir.resolve("out.md");
    Path junit = dir.resolve("out.xml");

    Run run =
        run(
            base,
            slow,
            "--format=markdown=" + markdown,
            "--format=text",
            "--format=junit",
            "-o",
            junit.toString());

    assertThat(run.code()).isEqualTo(3);
    assertThat(markdown).content().contains("Cold start got slower: phase tool_registry");
    assertThat(junit).content().contains("<testcase classname=\"coldstart.cold\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b c",
        "none.json none.json",
        "BASE BASE --fail-above x",
        "BASE BASE --fail-above nothing=1%",
        "BASE BASE --fail-above",
        "BASE BASE --alpha 0",
        "BASE BASE --alpha NaN",
        "BASE BASE --format yaml",
        "BASE BASE --budgets none.yaml",
      })
  void wrongUsageEndsWithCode2AndNoStackTrace(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("BASE", base);
    }
    Run run = run(words);

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSizeBetween(1, 2).allMatch(l -> l.startsWith("coldstart: "));
    assertThat(run.err()).doesNotContain("Exception", "\tat ");
  }

  @Test
  void debugPrintsTheStackTrace() {
    assertThat(run("none.json", "none.json", "--debug").err()).contains("\tat dev.coldstart");
  }

  private String write(String name, MadeSamples samples) throws IOException {
    return Files.writeString(dir.resolve(name), SamplesJson.write(samples.samples())).toString();
  }

  private static Run run(String... operands) {
    String[] arguments = new String[operands.length + 1];
    arguments[0] = "compare";
    System.arraycopy(operands, 0, arguments, 1, operands.length);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Run(code, out.toString(), err.toString());
  }
}
