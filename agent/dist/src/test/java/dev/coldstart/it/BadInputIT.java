package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.TrivialApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with its input costs one line on stderr, never the application. */
class BadInputIT {
  private static final String NOTHING = "coldstart: nothing was measured";

  @TempDir private Path folder;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("speed=9", "unknown option speed (-javaagent); options are enabled, "),
        Arguments.of(
            "summary=maybe", "option summary cannot be maybe (-javaagent): expected on or"),
        Arguments.of("jfr=1", "option jfr cannot be 1 (-javaagent): expected auto, on or off"),
        Arguments.of("warm=-1", "option warm cannot be -1 (-javaagent): expected a whole number"),
        Arguments.of("warm=99999999999", "option warm cannot be 99999999999 (-javaagent): expec"),
        Arguments.of("export.delay=1d", "option export.delay cannot be 1d (-javaagent): expected"),
        Arguments.of("warm", "option warm has no value (-javaagent); expected a whole number"),
        Arguments.of("config=/no/such/file", "cannot read config=/no/such/file"),
        Arguments.of("config=/no\nfile", "cannot read config=/no?file: going on without it"),
        Arguments.of("disable=tomcatt", "option disable names no library: tomcatt; libraries are"),
        Arguments.of("=", "unknown option  (-javaagent)"),
        Arguments.of("ü\u0007nï=1", "unknown option ü?nï (-javaagent)"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isToldInOneLine(String options, String line) {
    // The JVM decodes its command line by the locale.
    check(AgentRun.on(Jdks.any(), folder).env("LC_ALL", "C.UTF-8").options(options), line);
  }

  @Test
  void propertyAndEnvironmentAreToldToo() {
    check(
        AgentRun.on(Jdks.any(), folder).jvm("-Dcoldstart.warm=x"),
        "option warm cannot be x (-Dcoldstart.warm): expected");
    check(
        AgentRun.on(Jdks.any(), folder).jvm("-Dcoldstart.speed=x"),
        "unknown option speed (-Dcoldstart.speed)");
    check(
        AgentRun.on(Jdks.any(), folder).env("COLDSTART_SPEED", "x"),
        "unknown option COLDSTART_SPEED (environment)");
    check(
        AgentRun.on(Jdks.any(), folder).env("COLDSTART_EXPORT_DELAY", "x"),
        "option export.delay cannot be x (COLDSTART_EXPORT_DELAY)");
  }

  @Test
  void configFileIsTold() throws IOException {
    Path config = folder.resolve("coldstart.properties");
    Files.writeString(config, "# comment\n\nwarm = 5\nwarm.up=5\n");
    check(
        AgentRun.on(Jdks.any(), folder).options("config=" + config),
        "unknown option warm.up (config file)");
    check(
        AgentRun.on(Jdks.any(), folder).options("config=" + folder),
        "cannot read config=" + folder);
  }

  @Test
  void agentGivenTwiceStartsOnce() {
    String agent = "-javaagent:" + AgentRun.JAR;
    check(AgentRun.on(Jdks.any(), folder).agent(agent, agent), "already active in this JVM");
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void switchedOffIsSilentAndLeavesNothing(Jdk jdk) throws IOException {
    Path work = Files.createDirectory(folder.resolve("work"));
    ForkedApp.Ended ended =
        AgentRun.on(jdk, folder).options("enabled=off").workDir(work).run(TrivialApp.class);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).isEqualTo("trivial" + System.lineSeparator());
    assertThat(work).isEmptyDirectory();
    assertThat(folder.resolve("reports")).doesNotExist();
  }

  /** The JVM sets java.specification.version itself, so an old one is played in this process. */
  @Test
  void oldJvmIsTold() throws Exception {
    String version = System.getProperty("java.specification.version");
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {AgentRun.JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setProperty("java.specification.version", "1.8");
      loader
          .loadClass("dev.coldstart.bootstrap.AgentMain")
          .getMethod("premain", String.class, java.lang.instrument.Instrumentation.class)
          .invoke(null, "", null);
    } finally {
      System.setProperty("java.specification.version", version);
      System.setErr(err);
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "coldstart: not active, this JVM is Java 1.8; the agent needs Java 17 or later");
  }

  private static void check(AgentRun run, String line) {
    ForkedApp.Ended ended = run.args("3").run(TrivialApp.class);
    assertThat(ended.otherLines()).isEmpty();
    assertThat(ended.coldstartLines())
        .filteredOn(l -> !l.startsWith(NOTHING))
        .singleElement()
        .asString()
        .startsWith("coldstart: " + line);
    assertThat(ended.out()).isEqualTo("trivial" + System.lineSeparator());
    assertThat(ended.exit()).isEqualTo(3);
  }
}
