package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coldstart.it.app.EmptyAgent;
import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.app.TrivialApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process in which nothing is to be measured pays for little more than an empty agent. */
class PremainRulesIT {
  /**
   * Own classes and the JDK's that they need in a process without a library: 83 on JDK 17, 84 on
   * 25. Each of ours takes 0.2 ms to define and verify, so a jump here is a slower start for
   * everybody.
   */
  private static final int MAX_ADDED_CLASSES = 90;

  private static final int MAX_OWN_CLASSES = 28;

  /** Those that a service on the JDK's server has loaded when it is ready: 103, 7 library files. */
  private static final int MAX_OWN_CLASSES_UNTIL_READY = 108;

  /** Class files are patched: of ASM only visitor, label, type and opcodes are needed. */
  private static final int MAX_ASM_CLASSES_UNTIL_READY = 6;

  private static final List<String> OWN =
      List.of("agent.", "bootstrap.", "export.", "library.", "phase.", "report.", "weave.");

  @TempDir private Path folder;
  private Path app;

  @BeforeEach
  void buildJars() {
    app = TestJar.of(folder.resolve("app.jar"), TrivialApp.class, false);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void loadsNothingHeavyInPremain(Jdk jdk) throws IOException {
    Path empty = TestJar.of(folder.resolve("empty.jar"), EmptyAgent.class, true);
    Map<String, String> baseline =
        loaded(AgentRun.on(jdk, folder).agent("-javaagent:" + empty), folder.resolve("empty.log"));
    Map<String, String> ours = loaded(AgentRun.on(jdk, folder), folder.resolve("ours.log"));
    Set<String> added = ours.keySet();
    added.removeAll(baseline.keySet());
    added.removeIf(c -> c.startsWith("java.lang.invoke.VarHandle"));
    assertThat(added)
        .contains("dev.coldstart.agent.Installer")
        .hasSizeLessThan(MAX_ADDED_CLASSES)
        .noneMatch(c -> c.startsWith("java.util.logging.") || c.startsWith("sun.util.logging."))
        .noneMatch(c -> c.startsWith("javax.management.") || c.startsWith("sun.management."))
        .noneMatch(c -> c.startsWith("java.nio.file.") || c.startsWith("java.net.Inet"))
        // The key by which the JDK finds a jar it has open already.
        .noneMatch(c -> c.startsWith("sun.nio.fs.") && !c.equals("sun.nio.fs.UnixFileKey"))
        .noneMatch(c -> c.startsWith("java.nio.channels."))
        .noneMatch(c -> c.startsWith("java.util.Formatter") || c.startsWith("java.text."))
        .noneMatch(c -> c.startsWith("java.security.") || c.startsWith("sun.security."))
        .noneMatch(c -> c.startsWith("java.util.regex.") || c.startsWith("java.util.stream."))
        .noneMatch(c -> c.startsWith("net.bytebuddy.") || c.startsWith("io.opentelemetry."))
        .noneMatch(c -> c.startsWith("org.HdrHistogram.") || c.startsWith("com.google.gson."))
        .noneMatch(c -> c.startsWith("dev.coldstart.library.") || c.startsWith("picocli."));
    assertThat(own(added)).hasSizeBetween(1, MAX_OWN_CLASSES);
    // The only lambdas are those of the JDK's Instrumentation.redefineModule.
    assertThat(added)
        .filteredOn(c -> c.contains("$$Lambda"))
        .allMatch(c -> c.startsWith("sun.instrument.") || c.startsWith("java.lang."));
    assertThat(added)
        .filteredOn(c -> c.startsWith("java.lang.invoke.LambdaForm"))
        .hasSizeLessThanOrEqualTo(1);
  }

  /** What comes before the first request comes out of the application's start. */
  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void loadsLittleUntilAServiceIsReady(Jdk jdk) throws IOException {
    Path log = folder.resolve("service.log");
    List<String> loaded;
    try (ForkedApp service =
        AgentRun.on(jdk, folder)
            .jvm("-Xlog:class+load:file=" + log + ":none")
            .start(ServerApp.class)) {
      service.port();
      loaded = new ArrayList<>(sources(log).keySet());
    }
    assertThat(loaded)
        .noneMatch(c -> c.startsWith("com.google.gson.") || c.startsWith("org.HdrHistogram."))
        .noneMatch(c -> c.startsWith("io.opentelemetry.") || c.startsWith("dev.coldstart.export."));
    assertThat(own(loaded)).hasSizeBetween(1, MAX_OWN_CLASSES_UNTIL_READY);
    assertThat(loaded)
        .filteredOn(c -> c.startsWith("net.bytebuddy."))
        .hasSizeBetween(1, MAX_ASM_CLASSES_UNTIL_READY);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void saysInOneLineThatNothingWasMeasured(Jdk jdk) {
    ForkedApp.Ended ended = AgentRun.on(jdk, folder).args("3", "1500").run(TrivialApp.class);
    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.out()).isEqualTo("trivial" + System.lineSeparator());
    assertThat(ended.otherLines()).isEmpty();
    assertThat(ended.coldstartLines())
        .singleElement()
        .asString()
        .startsWith("coldstart: nothing was measured: no class with a probe");
    assertThat(folder.resolve("reports")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void leavesTheApplicationsCdsArchiveInUse(Jdk jdk) throws IOException {
    Path archive = folder.resolve("app.jsa");
    AgentRun dump =
        AgentRun.on(jdk, folder).withoutAgent().onlyJvm("-XX:ArchiveClassesAtExit=" + archive);
    assertThat(dump.onlyClassPath(app).run(TrivialApp.class).exit()).isZero();
    Map<String, String> sources =
        loaded(
            AgentRun.on(jdk, folder).onlyJvm("-XX:SharedArchiveFile=" + archive),
            folder.resolve("cds.log"));
    assertThat(sources.get(TrivialApp.class.getName())).isEqualTo("shared objects file (top)");
    assertThat(sources.get("java.lang.String")).startsWith("shared objects file");
  }

  /** docs/cds.md: without that module in the training any agent makes the JVM reject the cache. */
  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void leavesAnAotCacheInUseThatWasTrainedForAgents(Jdk jdk) throws IOException {
    assumeTrue(jdk.feature() >= 25, "trains in one step from JDK 25 on");
    Path cache = folder.resolve("app.aot");
    AgentRun train =
        AgentRun.on(jdk, folder)
            .withoutAgent()
            .onlyJvm("-XX:AOTCacheOutput=" + cache, "--add-modules", "java.instrument");
    assertThat(train.onlyClassPath(app).run(TrivialApp.class).exit()).isZero();
    Map<String, String> sources =
        loaded(
            AgentRun.on(jdk, folder).onlyJvm("-XX:AOTCache=" + cache), folder.resolve("aot.log"));
    assertThat(sources.get(TrivialApp.class.getName())).isEqualTo("shared objects file");
  }

  /** Classes in the order of their loading, with where each came from. */
  private Map<String, String> loaded(AgentRun run, Path log) throws IOException {
    ForkedApp.Ended ended =
        run.onlyClassPath(app).jvm("-Xlog:class+load:file=" + log + ":none").run(TrivialApp.class);
    assertThat(ended.exit()).as(ended.err()).isZero();
    return sources(log);
  }

  private static List<String> own(Collection<String> loaded) {
    return loaded.stream()
        .filter(c -> OWN.stream().anyMatch(part -> c.startsWith("dev.coldstart." + part)))
        .filter(c -> !c.contains("$$Lambda"))
        .toList();
  }

  private static Map<String, String> sources(Path log) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String line : Files.readAllLines(log)) {
      int source = line.indexOf(" source: ");
      if (source > 0) {
        String name = line.substring(0, source);
        int address = name.indexOf("/0x");
        sources.put(
            address < 0 ? name : name.substring(0, address),
            line.substring(source + " source: ".length()));
      }
    }
    return sources;
  }
}
