package dev.coldstart.it.chaos;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Seen;
import dev.coldstart.it.harness.Seen.End;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing can be written, one line says so and the report stays in memory. */
class DiskIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "The reports' directory and the cache are on a disk that is full, that fills up later or"
              + " that is read-only; the directory is another user's; there is no temporary"
              + " directory; its path has blanks and letters that the locale cannot encode. One"
              + " line tells, the report stays in memory, what was written before stays whole, and"
              + " the service answers as ever.");

  private static final String NOBODY = "65534";
  private static final Jdk JDK = Jdks.any();

  @TempDir private Path folder;
  private Path fakes;
  private Seen plain;
  private final List<Path> mounted = new ArrayList<>();

  @BeforeEach
  void plainRun() {
    fakes = Fakes.compile("hikari", folder);
    plain = Seen.of(server("plain").withoutAgent(), End.EXIT);
  }

  @AfterEach
  void unmount() throws Exception {
    for (Path each : mounted) {
      run("umount", each.toString());
    }
  }

  @Test
  void fullFromTheStart() throws Exception {
    Path disk = disk("full", "size=64k");
    fill(disk);
    refused("disk full", server("full").options(dirs(disk)));
    ROW.leaked("disk full", files(disk).stream().filter(f -> !f.endsWith("fill")).toList());
  }

  /** What was written before stays, whole; the service is told once. */
  @Test
  void fillsUpLater() throws Exception {
    Path disk = disk("filling", "size=256k");
    String name = "disk fills up";
    AgentRun run = server("filling").options("summary=off," + dirs(disk));
    try (ForkedApp app = run.start(ServerApp.class)) {
      app.http().get("/plain");
      // The last file of the first report: what replaces a file while the disk fills frees another.
      app.await(
          "first report",
          () -> files(disk).stream().anyMatch(file -> file.toString().endsWith(".hlog")));
      fill(disk);
      List<RawHttp.Response> responses = Seen.ask(app.http());
      fill(disk);
      Seen watched = Seen.ended(app, responses, End.EXIT);
      // The one request before is no part of the other run's output.
      ROW.ran();
      ROW.holds(name, watched.responses().equals(plain.responses()), "answers differ");
      ROW.holds(name, watched.ended().exit() == 3, "exit code " + watched.ended().exit());
      told(name, watched, "cannot write ");
      RunReport report = ForkedApp.report(disk);
      Sums.check(report);
      ROW.lost(name, report.requests().isEmpty() ? 1 : 0, "the first report");
      ROW.leaked(name, files(disk).stream().filter(f -> f.toString().endsWith(".tmp")).toList());
    }
  }

  @Test
  void readOnly() throws Exception {
    Path disk = disk("readonly", "ro,size=64k");
    refused("read-only file system", server("readonly").options(dirs(disk)));
  }

  @Test
  void ofAnotherUser() throws Exception {
    Assumptions.assumeTrue(isRoot(), "directory of another user: only root can become one");
    open(folder);
    Path others = Files.createDirectory(folder.resolve("others"));
    Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rwxr-xr-x"));
    String[] nobody = {"setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"};
    Assumptions.assumeTrue(
        run(command(nobody, "test", "-r", AgentRun.JAR.toString())) == 0
            && run(command(nobody, "test", "-r", fakes.resolve("com").toString())) == 0,
        "directory of another user: that one may not read this working copy");
    refused("directory of another user", server("others").under(nobody).options(dirs(others)));
    ROW.leaked("directory of another user", files(others));
  }

  @Test
  void withoutTemporaryDirectory() throws Exception {
    Path nowhere = Files.createFile(folder.resolve("file")).resolve("tmp");
    for (Jdk jdk : Row.jdks()) {
      Seen without = Seen.of(withoutOptions(jdk, nowhere).withoutAgent(), End.EXIT);
      Seen watched = afterItsWord(withoutOptions(jdk, nowhere).agent(bare()));
      String name = "no temporary directory, " + jdk;
      ROW.same(name, without, watched);
      told(name, watched, "cannot write " + nowhere);
    }
  }

  private AgentRun withoutOptions(Jdk jdk, Path temporary) {
    return AgentRun.on(jdk, folder)
        .onlyJvm("-Djava.io.tmpdir=" + temporary)
        .classPath(fakes)
        .workDir(folder);
  }

  private static String bare() {
    return "-javaagent:" + AgentRun.JAR + "=otel=off,summary=off";
  }

  /** As long as the JVM can tell what the path is, it is used. */
  @Test
  void withBlanksAndLettersOfAllKinds() throws Exception {
    Path dir = folder.resolve("Berichte für alle 報告");
    written("path in UTF-8", dir, server("utf8").options(dirs(dir)));
    // The JVM cuts arguments of agents short that have letters beyond 16 bits.
    Path smile = folder.resolve("Berichte 🚀");
    AgentRun byVariable = server("smile").agent(bare()).env("COLDSTART_DIR", smile.toString());
    written("path with letters beyond 16 bits", smile, byVariable);
    refused(
        "path that the locale cannot encode",
        server("ascii").env("LC_ALL", "C").options(dirs(dir)));
  }

  private void written(String name, Path dir, AgentRun run) {
    run.env("LC_ALL", "C.UTF-8").options("summary=off");
    try (ForkedApp app = run.start(ServerApp.class)) {
      List<RawHttp.Response> responses = Seen.ask(app.http());
      app.await(
          "report", () -> Files.exists(dir) && files(dir).stream().anyMatch(DiskIT::isReport));
      app.await("all requests", () -> ForkedApp.report(dir).requests().size() == Seen.watched());
      written(name, dir, Seen.ended(app, responses, End.EXIT));
    }
  }

  private void written(String name, Path dir, Seen watched) {
    ROW.same(name, plain, watched);
    List<String> lines = watched.ended().coldstartLines();
    ROW.holds(name, lines.isEmpty(), "said " + lines);
    int requests = ForkedApp.report(dir).requests().size();
    ROW.lost(name, Seen.watched() - requests, "requests of the report in " + dir);
  }

  /** It answers as ever, says one line and ends as fast. */
  private void refused(String name, AgentRun run) {
    Seen watched = afterItsWord(run.options("summary=off"));
    ROW.same(name, plain, watched);
    told(name, watched, "cannot write ");
    String said = String.join(" / ", watched.ended().coldstartLines());
    ROW.note(name + ": \"" + said.replace(folder.toString(), "..") + "\"");
  }

  /** On a busy machine an end at once comes before the first attempt to write. */
  private static Seen afterItsWord(AgentRun run) {
    try (ForkedApp app = run.start(ServerApp.class)) {
      List<RawHttp.Response> responses = Seen.ask(app.http());
      app.await("word of the agent", () -> app.err().contains("coldstart: "));
      return Seen.ended(app, responses, End.EXIT);
    }
  }

  private static void told(String name, Seen watched, String begin) {
    List<String> lines = watched.ended().coldstartLines();
    ROW.holds(
        name,
        lines.size() == 1
            && lines.get(0).startsWith("coldstart: " + begin)
            && lines.get(0).contains("the report stays in memory"),
        "said " + lines);
  }

  private AgentRun server(String name) {
    return AgentRun.on(JDK, folder.resolve(name))
        .workDir(folder)
        .onlyJvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
        .classPath(fakes);
  }

  private static String dirs(Path dir) {
    return "dir=" + dir + ",cache=" + dir.resolve("cache");
  }

  private Path disk(String name, String options) throws Exception {
    Assumptions.assumeTrue(isRoot(), name + " disk: only root can mount one");
    Path disk = Files.createDirectory(folder.resolve(name));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()) == 0,
        name + " disk: mounting is not allowed here");
    mounted.add(disk);
    return disk;
  }

  private static void fill(Path disk) throws Exception {
    // Fails when nothing is left, which is what it is for.
    run(
        "dd",
        "if=/dev/zero",
        "of=" + disk.resolve("fill"),
        "bs=4096",
        "oflag=append",
        "conv=notrunc");
  }

  /** So that another user may read what the forks need. */
  private static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static boolean isRoot() throws Exception {
    return run("sh", "-c", "test $(id -u) = 0") == 0;
  }

  private static boolean isReport(Path file) {
    return file.toString().endsWith(".json");
  }

  private static List<Path> files(Path dir) {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] command(String[] first, String... then) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(then)).toArray(String[]::new);
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
