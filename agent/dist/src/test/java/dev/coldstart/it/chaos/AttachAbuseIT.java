package dev.coldstart.it.chaos;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code attach} command where it must not do anything. */
class AttachAbuseIT {
  private static final String NOBODY = "65534";

  @RegisterExtension
  static final Row ROW =
      new Row(
          "The attach command is used twice, on a JVM that has the agent already, that forbids it or"
              + " is too old, on a process that is no JVM, and by another user: one line says what"
              + " is wrong, its exit code is not 0, and the process goes on as before.");

  @TempDir private Path folder;
  private Path fakes;

  @BeforeEach
  void compileFakes() {
    fakes = Fakes.compile("hikari", folder);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void saysWhatIsWrongAndChangesNothing(Jdk jdk) throws Exception {
    Seen plain = Seen.of(service("plain", jdk).withoutAgent(), Seen.End.EXIT);
    refused("the agent is there", jdk, plain, service("watched", jdk), 1, "already active");
    AgentRun bare = service("disabled", jdk).withoutAgent();
    refused(
        "attaching is forbidden",
        jdk,
        plain,
        bare.jvm("-XX:+DisableAttachMechanism"),
        2,
        "cannot attach to process");
    refused(
        "loading agents is forbidden",
        jdk,
        plain,
        service("forbidden", jdk).withoutAgent().jvm("-XX:-EnableDynamicAgentLoading"),
        1,
        "did not take the agent");
    twice(jdk, plain);
    noJvm(jdk);
    anotherUser(jdk, plain);
    ROW.notRun(
        "a JVM older than Java 17: none can be had here; BadInputIT has the sentence it gets");
  }

  private void refused(String name, Jdk jdk, Seen plain, AgentRun service, int exit, String said) {
    try (ForkedApp app = service.start(ServerApp.class)) {
      app.port();
      // Who is not let in waits for that long.
      String patience = "-Dsun.tools.attach.attachTimeout=3000";
      check(name + ", " + jdk, attach(jdk, app.pid(), patience), exit, said);
      ROW.same(name + ", " + jdk, plain, Seen.of(app, Seen.End.EXIT));
    }
  }

  private void twice(Jdk jdk, Seen plain) {
    String name = "twice, " + jdk;
    try (ForkedApp app = service("twice", jdk).withoutAgent().start(ServerApp.class)) {
      app.port();
      ForkedApp.Ended first = attach(jdk, app.pid());
      ROW.holds(name, first.exit() == 0, "said " + first);
      check(name, attach(jdk, app.pid()), 1, "already active");
      ROW.same(name, withoutWarnings(plain), withoutWarnings(Seen.of(app, Seen.End.EXIT)));
    }
  }

  /** JDK 21 and later print that an agent was loaded into a running JVM, and what to do. */
  private static Seen withoutWarnings(Seen seen) {
    ForkedApp.Ended ended = seen.ended();
    List<String> lines = new ArrayList<>(ended.err().lines().toList());
    lines.removeIf(line -> line.startsWith("WARNING: "));
    String err = String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    return new Seen(
        seen.responses(),
        new ForkedApp.Ended(ended.exit(), ended.out(), err, ended.time()),
        seen.stopMillis());
  }

  private void noJvm(Jdk jdk) throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      ROW.ran();
      check("no JVM, " + jdk, attach(jdk, other.pid()), 2, "cannot attach to process");
      ROW.holds("no JVM, " + jdk, !other.waitFor(200, TimeUnit.MILLISECONDS), "attaching ended it");
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private void anotherUser(Jdk jdk, Seen plain) throws Exception {
    String name = "another user, " + jdk;
    if (!Files.getAttribute(folder, "unix:uid").equals(0) || !hasSetpriv()) {
      ROW.notRun("attaching as another user: needs root and setpriv");
      return;
    }
    Path jar = folder.resolve("agent.jar");
    if (!Files.exists(jar)) {
      Files.copy(AgentRun.JAR, jar);
    }
    for (Path path : List.of(folder, jar)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    try (ForkedApp app = service("owned", jdk).withoutAgent().start(ServerApp.class)) {
      app.port();
      Path out = folder.resolve("other-user.txt");
      Process process =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid=" + NOBODY,
                  "--regid=" + NOBODY,
                  "--clear-groups",
                  jdk.tool("java"),
                  "-jar",
                  jar.toString(),
                  "attach",
                  "" + app.pid())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      int exit = process.waitFor();
      String said = Files.readString(out, StandardCharsets.UTF_8);
      ROW.holds(
          name, exit == 2 && said.lines().count() == 1 && said.contains("same user"), exit + said);
      ROW.same(name, plain, Seen.of(app, Seen.End.EXIT));
    }
  }

  private static boolean hasSetpriv() {
    try {
      return new ProcessBuilder("setpriv", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(String name, ForkedApp.Ended ended, int exit, String said) {
    boolean oneLine = ended.err().lines().count() == 1 && ended.err().contains(said);
    ROW.holds(name, ended.exit() == exit && oneLine, "said " + ended);
  }

  private AgentRun service(String name, Jdk jdk) {
    return AgentRun.on(jdk, folder.resolve(name))
        .workDir(folder)
        .onlyJvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
        .options("summary=off")
        .classPath(fakes);
  }

  private ForkedApp.Ended attach(Jdk jdk, long pid, String... jvm) {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(List.of(jvm));
    command.addAll(List.of("-jar", AgentRun.JAR.toString(), "attach"));
    command.add("--options=dir=" + folder.resolve("attached") + ",otel=off,cache=off,summary=off");
    command.add(Long.toString(pid));
    return AgentRun.on(jdk, folder).tool(command.toArray(new String[0]));
  }
}
