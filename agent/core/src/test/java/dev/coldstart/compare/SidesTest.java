package dev.coldstart.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coldstart.measure.BadInput;
import dev.coldstart.measure.SamplesJson;
import dev.coldstart.report.Sample;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SidesTest {
  @TempDir private Path dir;

  @Test
  void readsSamplesByVariant() throws IOException {
    Path file = write("s.json", made());

    assertThat(Sides.readBoth(file.toString())).extracting(Side::name).containsExactly("a", "b");
    assertThat(Sides.read(file + "#b").size()).isEqualTo(3);
    refused(file.toString(), "has several variants: name one as");
    refused(file + "#c", "has no variant c; there are a, b");
  }

  @Test
  void readsReportsOneByOneOrAFolderOfThem() throws IOException {
    Path one = write("one-1.json", Sample.json("cold"));
    Path two = write("two-2.json", Sample.json("warm"));

    assertThat(Sides.read(dir.toString()).size()).isEqualTo(2);
    assertThat(Sides.read(one + "," + two).size()).isEqualTo(2);
    Side side = Sides.read(two.toString());
    assertThat(side.metrics())
        .contains("cold.wall", "cold.tool_registry", "warm.wall", "startup.jvm_start")
        .doesNotContain("ready");
    assertThat(side.values("cold.tool_registry")).hasSize(1);
  }

  @Test
  void saysWhatToDoAboutFilesItCannotUse() throws IOException {
    refused(dir.resolve("none.json").toString(), "no such file");
    refused(Files.createDirectory(dir.resolve("empty")).toString(), "has no reports");
    Path file = dir.resolve("x.json");
    for (String content :
        new String[] {"", "{", "{}", "[1]", "null", "[".repeat(50_000), "{\"schema\": [1]}"}) {
      write("x.json", content);
      refused(file.toString(), "x.json");
    }
    String good = made();
    write("x.json", good.substring(0, good.length() / 2));
    refused(file + "#a", "not a readable samples file");
    write("x.json", good.replace("samples/1", "samples/2"));
    refused(file + "#a", "use the Coldstart version that wrote the file");
    write("x.json", good.replaceFirst("\"ready_ns\": \\d+", "\"ready_ns\": NaN"));
    refused(file + "#a", "ready_ns");
    write("x.json", good.replaceFirst("\"ready_ns\": \\d+", "\"ready_ns\": -5"));
    refused(file + "#a", "has a time of -5 ns");
    write("x.json", good.replaceFirst("\"exclusive_ns\": \\d+", "\"exclusive_ns\": 9e18"));
    refused(file + "#a", "has a time of 9000000000000000000 ns");
    write("x.json", good.replace("\"ok\"", "\"timeout\""));
    refused(file + "#a", "has no run that succeeded");
    write("x.json", Sample.json("cold").replace("report/1", "report/7"));
    refused(file.toString(), "use the Coldstart version that wrote the file");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
    refused(file.toString(), "not UTF-8 text");
  }

  @Test
  void doesNotReadAFileThatIsFarTooLarge() throws IOException {
    Path file = dir.resolve("huge.json");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(1L << 30);
    }
    refused(file.toString(), "larger than");
  }

  private static String made() {
    return SamplesJson.write(
        new MadeSamples().variant("a", 3, 100, 1).variant("b", 3, 100, 2).samples());
  }

  private static void refused(String operand, String text) {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> Sides.read(operand))
        .satisfies(
            e -> assertThat(e.getMessage()).contains(text).doesNotContain("\n", "Exception"));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(dir.resolve(name), content);
  }
}
