package dev.coldstart.it.chaos;

import dev.coldstart.it.app.EmptyAgent;
import dev.coldstart.it.app.TrivialApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no service and inherits {@code JAVA_TOOL_OPTIONS} is left alone. */
class JdkToolsIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "The JDK's tools, java -version and a program that ends at once, with the agent in"
              + " JAVA_TOOL_OPTIONS: exit code, stdout and stderr are as without it but for the"
              + " JVM's own line that it picked the variable up, nothing is written, and they take"
              + " no longer than with an agent that does nothing at all.");

  private static final int ROUNDS = Row.size(4, 40);

  /** What the lower quartile may be longer than with an empty agent, ms. */
  private static final long TOLERANCE_MILLIS = Row.size(120, 25);

  private static final String[][] TOOLS = {
    {"java", "-version"},
    {"java", "--version"},
    {"java", "-cp", AgentRun.jarOf(TrivialApp.class).toString(), TrivialApp.class.getName()},
    {"java", "-cp", AgentRun.jarOf(TrivialApp.class).toString(), TrivialApp.class.getName(), "3"},
    {"java", "no.such.Program"},
    {"javac", "-version"},
    {"jar", "--version"},
    {"keytool", "-help"},
    {"jcmd", "-h"},
    {"jps", "-help"},
    {"javap", "-version"},
    {"jlink", "--version"},
    {"jdeps", "--version"},
    {"jstack", "-h"},
    {"jmap", "-h"},
    {"serialver", "java.lang.String"},
    {"jwebserver", "-version"}
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.chaos.Row#jdks")
  void sayWhatTheySayWithout(Jdk jdk) throws Exception {
    for (String[] tool : TOOLS) {
      if (!Files.isExecutable(Path.of(jdk.tool(tool[0])))) {
        continue;
      }
      String name = jdk + ": " + tool[0] + " " + tool[tool.length - 1];
      Path tmp = Files.createDirectories(folder.resolve("tmp"));
      ForkedApp.Ended plain = AgentRun.on(jdk, folder).workDir(folder).tool(tool);
      ForkedApp.Ended watched = inherited(jdk, "-javaagent:" + AgentRun.JAR, tmp, tool);
      ROW.ran();
      ROW.holds(name, watched.exit() == plain.exit(), "exit code " + watched.exit());
      ROW.holds(name, watched.out().equals(plain.out()), "stdout " + watched.out());
      List<String> err =
          watched.err().lines().filter(l -> !l.startsWith("Picked up JAVA_TOOL_OPTIONS")).toList();
      ROW.holds(name, err.equals(plain.err().lines().toList()), "stderr " + err);
      ROW.leaked(name, List.of(tmp.toFile().list()));
    }
  }

  /** In turn, so that what else the machine does hits all alike. */
  @Test
  void takeNoLonger() throws Exception {
    Jdk jdk = Jdks.any();
    Path empty = TestJar.of(folder.resolve("empty.jar"), EmptyAgent.class, true);
    Path tmp = Files.createDirectories(folder.resolve("tmp"));
    for (String[] tool :
        new String[][] {TOOLS[0], TOOLS[2], {"jcmd", "-h"}, {"keytool", "-help"}}) {
      Map<String, List<Long>> millis = new LinkedHashMap<>();
      for (int i = 0; i < ROUNDS; i++) {
        time(millis, "none", AgentRun.on(jdk, folder).workDir(folder).tool(tool));
        time(millis, "empty", inherited(jdk, "-javaagent:" + empty, tmp, tool));
        time(millis, "ours", inherited(jdk, "-javaagent:" + AgentRun.JAR, tmp, tool));
      }
      String name = tool[0] + " " + tool[tool.length - 1].replaceAll(".*\\.", "");
      long delay = quartile(millis.get("ours")) - quartile(millis.get("empty"));
      ROW.ran();
      ROW.holds(name, delay <= TOLERANCE_MILLIS, delay + " ms more than an empty agent: " + millis);
      ROW.note(
          name
              + ", lower quartile of "
              + ROUNDS
              + ": "
              + quartile(millis.get("none"))
              + " ms without an agent, "
              + quartile(millis.get("empty"))
              + " ms with an empty one, "
              + quartile(millis.get("ours"))
              + " ms with ours");
    }
  }

  private static void time(Map<String, List<Long>> to, String variant, ForkedApp.Ended ended) {
    to.computeIfAbsent(variant, v -> new ArrayList<>()).add(ended.time().toMillis());
  }

  private static long quartile(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 4);
  }

  private ForkedApp.Ended inherited(Jdk jdk, String agent, Path tmp, String... tool) {
    return AgentRun.on(jdk, folder)
        .workDir(folder)
        .env("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + tmp + " " + agent)
        .tool(tool);
  }
}
