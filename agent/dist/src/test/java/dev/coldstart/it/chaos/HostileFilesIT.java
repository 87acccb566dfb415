package dev.coldstart.it.chaos;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What somebody put where the cache of woven classes or the reports belong is never used. */
class HostileFilesIT {
  private static final int NOBODY = 65_534;
  private static final int PROCESSES = 8;

  @RegisterExtension
  static final Row ROW =
      new Row(
          "The cache of woven classes and the directory of the reports were planted, cut off, have"
              + " flipped bits, belong to another user, are links or open to all, or 8 JVMs start at"
              + " once: what is not to be trusted is not loaded and not written to, the report says"
              + " so, what is made is the owner's only, and the service answers the same.");

  @TempDir private Path folder;
  private Path fakes;
  private Path cache;
  private String plain;

  /** Does harm to a good cache, whose directory and file it is given. */
  private interface Harm {
    void to(Path dir, Path file) throws IOException;
  }

  @BeforeEach
  void warmCache() throws IOException {
    fakes = Fakes.compile("hikari", folder);
    cache = folder.resolve("good");
    try (ForkedApp app = run("plain").withoutAgent().start(ServerApp.class)) {
      plain = ask(app);
    }
    served("first", cache);
  }

  @Test
  void cachesThatAreNotToBeTrustedAreNotLoaded() throws IOException {
    trusted("a good one", "second", cache);
    owners("the cache", cache);

    harmed(
        "planted by others' rights",
        "others may write its file",
        (dir, file) -> rights(file, "rw-rw-rw-"));
    harmed(
        "directory open to all",
        "others may write its directory",
        (dir, file) -> rights(dir, "rwxrwxrwx"));
    harmed("cut off", "damaged", (dir, file) -> Files.write(file, half(file)));
    harmed("empty", "damaged", (dir, file) -> Files.write(file, new byte[0]));
    harmed("planted", "damaged", (dir, file) -> Files.write(file, planted(file)));
    harmed("file is a link", "its file is a link", (dir, file) -> link(file));
    harmed("directory is a link", "its directory is a link", (dir, file) -> link(dir));
    for (int i = 0; i < Row.size(2, 20); i++) {
      int seed = i;
      harmed(
          "flipped bit, seed " + seed, null, (dir, file) -> Files.write(file, flipped(file, seed)));
    }
    if (root()) {
      harmed(
          "file is another user's", "its file belongs to another user", (dir, file) -> own(file));
      harmed(
          "directory is another user's",
          "its directory belongs to another",
          (dir, file) -> own(dir));
    }
  }

  @Test
  void processesThatStartAtOnceShareOneCache() throws IOException {
    Path shared = folder.resolve("shared");
    List<ForkedApp> apps = new ArrayList<>();
    try {
      for (int i = 0; i < Row.size(3, PROCESSES); i++) {
        apps.add(run("raced" + i).options("cache=" + shared).start(ServerApp.class));
      }
      for (ForkedApp app : apps) {
        ROW.ran();
        ROW.holds("raced", ask(app).equals(plain), "answered otherwise");
      }
      for (ForkedApp app : apps) {
        RunReport report = app.awaitRequests(1);
        ROW.holds("raced", report.agent().warnings().isEmpty(), "" + report.agent().warnings());
      }
      apps.get(0).await("cache", () -> Files.exists(shared));
      apps.forEach(ForkedApp::stop);
    } finally {
      apps.forEach(ForkedApp::close);
    }
    owners("the raced cache", shared);
    // One may have replaced the file between another's reading and writing: what it lacks is added.
    List<String> warnings = served("after", shared).agent().warnings();
    ROW.holds("after the race", warnings.isEmpty(), "warned " + warnings);
    trusted("after the race", "again", shared);
  }

  @Test
  void reportsAreForTheirOwnerOnly() throws IOException {
    Path temp = Files.createDirectory(folder.resolve("temp"));
    Path reports = temp.resolve("coldstart");
    String name = "default directory";
    ForkedApp.Ended ended = inTemp(temp);
    ROW.holds(name, ended.coldstartLines().isEmpty(), ended.err());
    owners(name, reports);
    List<Path> written = files(reports);
    ROW.holds(name, written.size() == 2, "has " + written);

    rights(reports, "rwxrwxrwx");
    refused("default directory open to all", temp, reports, "others may write its directory");
    rights(reports, "rwx------");
    link(reports);
    refused("default directory is a link", temp, reports, "its directory is a link");
    if (root()) {
      Files.delete(reports);
      own(Files.createDirectory(reports));
      refused("default directory is another user's", temp, reports, "belongs to another user");
    }
  }

  private void refused(String name, Path temp, Path reports, String reason) throws IOException {
    List<Path> before = files(reports);
    ForkedApp.Ended ended = inTemp(temp);
    ROW.holds(name, files(reports).equals(before), "wrote " + files(reports));
    List<String> lines = ended.coldstartLines();
    ROW.holds(name, lines.size() == 1 && lines.get(0).contains(reason), "said " + lines);
  }

  /** A service with a temporary directory of its own, whose reports go where nobody told. */
  private ForkedApp.Ended inTemp(Path temp) throws IOException {
    AgentRun run =
        run("in-temp")
            .agent("-javaagent:" + AgentRun.JAR + "=otel=off,summary=off,cache=off")
            .jvm("-Djava.io.tmpdir=" + temp);
    try (ForkedApp app = run.start(ServerApp.class)) {
      ROW.ran();
      ROW.holds("answers in " + temp, ask(app).equals(plain), "answered otherwise");
      app.await("report", () -> !app.err().isEmpty() || has(temp.resolve("coldstart"), app.pid()));
      return app.stop();
    }
  }

  private void harmed(String name, String told, Harm harm) throws IOException {
    Path dir = Files.createDirectory(folder.resolve(name.replaceAll("\\W", "-")));
    rights(dir, "rwx------");
    Path file = dir.resolve(only(cache).getFileName());
    Files.copy(only(cache), file);
    rights(file, "rw-------");
    harm.to(dir, file);
    String run = name.replaceAll("\\W", "-") + "-run";
    RunReport report = served(run, dir);
    List<String> warnings = report.agent().warnings();
    boolean said = warnings.stream().anyMatch(w -> w.contains("cache of woven classes"));
    ROW.holds(name, report.agent().classesWoven() > 0, "nothing was woven");
    if (told != null) {
      ROW.holds(name, said && warnings.toString().contains(told), "said " + warnings);
      ROW.holds(name, woveAnew(run), "was loaded");
    } else {
      // A bit in a body that this run does not need is not looked at.
      ROW.holds(name, warnings.size() <= 1, "said " + warnings);
    }
  }

  /** Asks the service for everything, with this cache, and compares. */
  private RunReport served(String name, Path dir) throws IOException {
    AgentRun run =
        run(name).options("cache=" + dir).jvm("-Xlog:class+load:file=" + log(name) + ":none");
    try (ForkedApp app = run.start(ServerApp.class)) {
      ROW.ran();
      String seen = ask(app);
      ROW.holds(name, seen.equals(plain), plain + " became " + seen);
      RunReport report = app.awaitRequests(1);
      if (name.equals("first")) {
        app.await("cache", () -> Files.exists(dir));
      }
      app.stop();
      return report;
    }
  }

  private void trusted(String name, String run, Path dir) throws IOException {
    List<String> warnings = served(run, dir).agent().warnings();
    ROW.holds(name, warnings.isEmpty(), "warned " + warnings);
    ROW.holds(name, !woveAnew(run), "was not used");
  }

  /** Whether a run loaded what weaves: not when all it needed was in the cache. */
  private boolean woveAnew(String run) throws IOException {
    return Files.readString(log(run)).contains("dev.coldstart.weave.code.MethodPatch");
  }

  private Path log(String run) {
    return folder.resolve(run + ".log");
  }

  private AgentRun run(String name) {
    return AgentRun.on(Jdks.any(), folder.resolve(name))
        .workDir(folder)
        .onlyJvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
        .options("summary=off")
        .classPath(fakes);
  }

  private static String ask(ForkedApp app) {
    List<String> answers = new ArrayList<>();
    for (String path : List.of("/plain", "/chunks", "/throws", "/plain")) {
      RawHttp.Response response = app.http().get(path);
      answers.add(response.status() + " " + response.body());
    }
    return answers.toString();
  }

  private static void owners(String name, Path dir) throws IOException {
    String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(dir));
    ROW.holds(name, rights.equals("rwx------"), "is " + rights);
    for (Path file : files(dir)) {
      rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      ROW.holds(name, rights.equals("rw-------"), file + " is " + rights);
      ROW.leaked(name, file.toString().endsWith(".tmp") ? List.of(file) : List.of());
    }
  }

  private static byte[] half(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return java.util.Arrays.copyOf(all, all.length / 2);
  }

  private static byte[] flipped(Path file, int seed) throws IOException {
    byte[] all = Files.readAllBytes(file);
    Random random = new Random(seed);
    all[random.nextInt(all.length)] ^= (byte) (1 << random.nextInt(8));
    return all;
  }

  /** As long as the good one, and begins like it. */
  private static byte[] planted(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int head = 16;
    java.util.Arrays.fill(all, head, all.length, (byte) 1);
    return all;
  }

  /** Puts it elsewhere and a link in its place. */
  private static void link(Path path) throws IOException {
    Path moved = path.resolveSibling(path.getFileName() + "-moved");
    Files.move(path, moved);
    Files.createSymbolicLink(path, moved);
  }

  private static void own(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
  }

  private static void rights(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  private boolean root() throws IOException {
    boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
    if (!root) {
      ROW.notRun("files of another user: only root can make them");
    }
    return root;
  }

  private static boolean has(Path dir, long pid) {
    try {
      return Files.exists(dir)
          && files(dir).stream().anyMatch(f -> f.toString().contains("-" + pid));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path only(Path dir) throws IOException {
    return files(dir).get(0);
  }

  private static List<Path> files(Path dir) throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.sorted().toList();
    }
  }
}
