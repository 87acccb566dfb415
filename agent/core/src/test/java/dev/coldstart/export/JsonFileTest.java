package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.coldstart.report.ReportJson;
import dev.coldstart.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFileTest {
  @TempDir Path temp;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void replacesTheFileAndLeavesNothingElse() throws IOException {
    ReportDir dir = new ReportDir(temp.resolve("a/b"), "travel agent", 4711, warnings::add);
    JsonFile json = new JsonFile(dir);

    json.report(Sample.report("no-request"));
    json.report(Sample.report("cold"));

    Path file = temp.resolve("a/b/travel_agent-4711.json");
    assertThat(dir.file("json")).isEqualTo(file);
    assertThat(ReportJson.read(Files.readString(file))).isEqualTo(Sample.report("cold"));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void isReadableByTheOwnerOnly() throws IOException {
    assumeThat(temp.getFileSystem().supportedFileAttributeViews()).contains("posix");

    new JsonFile(new ReportDir(temp, "s", 1, warnings::add)).report(Sample.report("cold"));

    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("s-1.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void replacesLinksInsteadOfFollowingThem() throws IOException {
    Path victim = Files.writeString(temp.resolve("victim"), "precious");
    Files.createSymbolicLink(temp.resolve("s-1.json"), victim);
    Files.createSymbolicLink(temp.resolve(".s-1.json.tmp"), victim);

    new JsonFile(new ReportDir(temp, "s", 1, warnings::add)).report(Sample.report("cold"));

    assertThat(victim).hasContent("precious");
    assertThat(ReportJson.read(Files.readString(temp.resolve("s-1.json")))).isNotNull();
  }

  @Test
  void makesADirectoryForTheOwnerOnly() throws IOException {
    assumeThat(temp.getFileSystem().supportedFileAttributeViews()).contains("unix");
    Path made = temp.resolve("a/made");
    int user = (Integer) Files.getAttribute(temp, "unix:uid");

    new JsonFile(new ReportDir(made, user, "s", 1, warnings::add)).report(Sample.report("cold"));

    assertThat(made.resolve("s-1.json")).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertThat(warnings).isEmpty();
  }

  /** A name that anybody can foresee, in a directory that anybody may write to. */
  @Test
  void aDirectoryThatNobodyNamedMustBeTheUsersOwn() throws IOException {
    assumeThat(temp.getFileSystem().supportedFileAttributeViews()).contains("unix");
    int user = (Integer) Files.getAttribute(temp, "unix:uid");
    Path victim = Files.createDirectory(temp.resolve("victim"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), victim);
    Path open = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    for (Path planted : List.of(link, open)) {
      new JsonFile(new ReportDir(planted, user, "s", 1, warnings::add))
          .report(Sample.report("cold"));
      assertThat(planted).isEmptyDirectory();
    }
    assertThat(warnings)
        .satisfiesExactly(
            first -> assertThat(first).contains("is a link"),
            second -> assertThat(second).contains("others may write its directory"));
    new JsonFile(new ReportDir(link, "s", 1, warnings::add)).report(Sample.report("cold"));
    assertThat(victim.resolve("s-1.json")).as("a user named it").exists();
  }

  @Test
  void saysOnceThatTheDirectoryIsUnwritable() throws IOException {
    Path notDirectory = Files.writeString(temp.resolve("file"), "");
    ReportDir dir = new ReportDir(notDirectory, "s", 1, warnings::add);
    Exporter json = new JsonFile(dir);
    Exporter hdr = new HdrLog(dir, new WarmStats());

    json.report(Sample.report("cold"));
    json.report(Sample.report("cold"));
    hdr.report(Sample.report("cold"));
    hdr.close(0);

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .startsWith("cannot write " + notDirectory.resolve("s-1.json"))
        .endsWith("name a writable directory with dir=")
        .doesNotContain("\n");
    assertThat(dir.unwritable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "travel-agent, travel-agent",
    "../../etc/passwd, __.._etc_passwd",
    "-rf, _rf",
    "'a b,c\n', a_b_c_",
    "'', service",
    "d\u00e4mon, d_mon",
  })
  void fileNamesAreHarmless(String service, String name) {
    assertThat(ReportDir.fileName(service)).isEqualTo(name);
  }

  @Test
  void fileNamesAreBounded() {
    assertThat(ReportDir.fileName("x".repeat(10_000))).hasSize(80);
  }
}
