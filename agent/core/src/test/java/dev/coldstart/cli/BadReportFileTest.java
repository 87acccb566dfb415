package dev.coldstart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that cannot be used costs one line and code 2, whatever is in it. */
class BadReportFileTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[1]",
        "null",
        "\u0000",
        "NaN",
        "\"text\"",
        "{}\n{}",
        "PK\u0003\u0004"
      })
  void foreignFile(String content) throws IOException {
    assertRefused(write(content), "report");
  }

  @Test
  void deeplyNestedFile() throws IOException {
    assertRefused(write("[".repeat(100_000)), "not a readable report");
  }

  /** Wherever it was cut. */
  @Test
  void truncatedFile() throws IOException {
    String json = Sample.json("cold").stripTrailing();
    for (int length = 1; length < json.length(); length += 97) {
      assertRefused(write(json.substring(0, length)), "report");
    }
  }

  @Test
  void newerSchema() throws IOException {
    Path file = write(Sample.json("cold").replace("report/1", "report/9"));

    assertRefused(file, "use the Coldstart version that wrote the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e999", "1.5", "\"many\"", "{}", "[]", "null"})
  void numberThatIsNone(String value) throws IOException {
    String json = Sample.json("cold");
    String broken = json.replaceFirst("\"wall_ns\": \\d+", "\"wall_ns\": " + value);

    assertThat(broken).isNotEqualTo(json);
    assertRefused(write(broken), "not a readable report");
  }

  @Test
  void quotaThatIsNoNumber() throws IOException {
    String json = Sample.json("cold").replaceFirst("\"cpu_quota\": [^,]+", "\"cpu_quota\": NaN");

    assertRefused(write(json), "not a readable report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spans", "phases", "requests", "llm", "slices", "warnings"})
  void holesInLists(String list) throws IOException {
    String json = Sample.json("cold").replaceFirst('"' + list + "\": \\[", "$0null,");

    assertRefused(write(json.replace("[null,]", "[null]")), "has a hole");
  }

  @Test
  void oneGigabyte() throws IOException {
    Path file = dir.resolve("large.json");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }

    assertRefused(file, "larger than 256 MB");
  }

  @Test
  void noTextAtAll() throws IOException {
    assertRefused(dir.resolve("none.json"), "no such file");
    assertRefused(dir, "is a directory");
    Path file = Files.write(dir.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
    assertRefused(file, "not UTF-8");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(dir.resolve("run.json"), content);
  }

  private static void assertRefused(Path file, String text) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), "report", file.toString());
    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("coldstart: ").contains(text).doesNotContain("Exception");
  }
}
