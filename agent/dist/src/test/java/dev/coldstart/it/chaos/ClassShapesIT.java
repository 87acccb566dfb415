package dev.coldstart.it.chaos;

import dev.coldstart.it.app.ShapesApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.library.Libs;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of classes of all kinds is timed and read; they do what they did. */
class ClassShapesIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "Every method is woven, twice, of classes compiled for Java 8 to 25, without debug"
              + " information, by Groovy and Kotlin, obfuscated by ProGuard, signed, with"
              + " subroutines of Java 1.4, 255 parameters or near the size limits, hidden, in a CDS"
              + " archive, under JaCoCo, Mockito, Spring AOP and Byte Buddy: they pass"
              + " -Xverify:all and return, throw and print the same, or a warning names them.");

  @TempDir private Path folder;
  private ShapeTools tools;

  /** What is run, {@code path|class}, and the folder or file with the classes to weave. */
  private final Map<String, Path> shapes = new LinkedHashMap<>();

  private final List<String> otherProbes = new ArrayList<>();
  private int runs;

  @BeforeEach
  void prepare() {
    tools = new ShapeTools(folder);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void compiledForEachJava(Jdk jdk) throws Exception {
    Path java8 = tools.javac("java8", 8);
    add(java8, "shape.Java8");
    add(tools.javac("java8", 8, "-g:none"), "shape.Java8");
    add(tools.javac("java11", 11), "shape.Java11");
    Path java17 = tools.javac("java17", 17);
    add(java17, "shape.Java17");
    add(java17, "shape.Hides");
    add(tools.signed(java8), java8, "shape.Java8");
    for (int newer : new int[] {21, 25}) {
      if (Jdks.all().stream().anyMatch(each -> each.feature() >= newer)) {
        // Also on a JVM that is too old for it.
        add(tools.javac("java" + newer, newer), "shape.Java" + newer);
      } else {
        ROW.notRun("classes of Java " + newer + ": no JDK for it is here");
      }
    }
    add(MadeShapes.subroutine(folder.resolve("jsr49"), 49), MadeShapes.JSR_CLASS);
    add(MadeShapes.subroutine(folder.resolve("jsr50"), 50), MadeShapes.JSR_CLASS);
    add(MadeShapes.wide(folder.resolve("wide")), MadeShapes.WIDE);
    add(MadeShapes.huge(folder.resolve("huge")), MadeShapes.HUGE);
    RunReport report = same("compiled for Java 8 to 25, " + jdk, jdk, run -> run);
    warned(
        report,
        "shape.Huge.probedHuge untouched: woven it would be too large for the JVM",
        "shape.Huge.probedLong untouched: woven it would be too long for the JIT compiler");
  }

  @Test
  void madeByOtherCompilersAndTools() throws Exception {
    Path java8 = tools.javac("java8", 8);
    add(tools.groovyc(java8), "shape.Groovy");
    add(tools.proguard(java8, "shape.Java8"), "shape.Java8");
    String kotlin = "shape.KotlinCalls";
    shapes.put("|" + kotlin, app("KotlinCalls"));
    otherProbes.addAll(kotlinProbes());
    RunReport report =
        same(
            "Groovy, Kotlin, ProGuard",
            Jdks.any(),
            run ->
                run.classPath(app("KotlinCalls"))
                    .classPath(libraries("org.apache.groovy", "org.jetbrains.kotlin")));
    warned(report);
  }

  @Test
  void changedByOthersToo() throws Exception {
    ROW.note("beside the agents of OpenTelemetry, Elastic and Datadog: NeighboursIT");
    ROW.note("Hibernate: its proxies are Byte Buddy's, as made here; Hibernate itself is not run");
    String name = "shape.Proxies";
    Path app = app("Proxies");
    shapes.put("|" + name, app.resolve("shape/Proxies$Tool.class"));
    String mockito = "-javaagent:" + ShapeTools.jar("org.mockito");
    String jacoco = "-javaagent:" + ShapeTools.jar("org.jacoco") + "=output=none";
    UnaryOperator<AgentRun> others =
        run ->
            run.classPath(app)
                .classPath(
                    libraries(
                        "org.mockito",
                        "net.bytebuddy",
                        "org.objenesis",
                        "org.springframework",
                        "aopalliance"));
    warned(
        same("Mockito, Spring AOP, Byte Buddy", Jdks.any(), run -> others.apply(run).jvm(mockito)));
    warned(same("JaCoCo before", Jdks.any(), run -> others.apply(run).jvm(jacoco, mockito)));
  }

  /** A class that a CDS archive brings is woven all the same. */
  @Test
  void fromAnArchive() throws Exception {
    Path classes = tools.javac("java8", 8);
    Path jar = Jars.of(folder.resolve("app.jar"), classes, "Comment: none");
    Jars.of(
        folder.resolve("own.jar"), AgentRun.jarOf(ShapesApp.class).resolve("."), "Comment: own");
    shapes.put("|shape.Java8", classes);
    Path archive = folder.resolve("app.jsa");
    UnaryOperator<AgentRun> run =
        each -> each.onlyJvm().onlyClassPath(jar, folder.resolve("own.jar"));
    AgentRun dump = run.apply(fork("dump", Jdks.any()).withoutAgent());
    dump.jvm("-XX:ArchiveClassesAtExit=" + archive).run(ShapesApp.class);
    RunReport report =
        same(
            "CDS archive",
            Jdks.any(),
            each -> run.apply(each).jvm("-XX:SharedArchiveFile=" + archive));
    warned(report);
    ROW.holds("CDS archive", report.jvm().cds().equals("application archive"), report.jvm() + "");
  }

  private void add(Path classes, String name) {
    add(classes, classes, name);
  }

  private void add(Path path, Path classes, String name) {
    shapes.put(path + "|" + name, classes);
  }

  /** Runs the shapes without and with the agent. Returns the last report. */
  private RunReport same(String name, Jdk jdk, UnaryOperator<AgentRun> how) throws IOException {
    ForkedApp.Ended plain = how.apply(fork("plain", jdk).withoutAgent()).run(ShapesApp.class);
    RunReport report = null;
    for (int turn = 0; turn < Row.size(1, 2); turn++) {
      Set<String> lines = new TreeSet<>(otherProbes);
      for (Path classes : shapes.values()) {
        lines.addAll(ShapeTools.probes(classes, turn));
      }
      String run = "watched" + runs++;
      Path probes = Files.write(folder.resolve(run + ".txt"), lines);
      AgentRun fork = fork(run, jdk).options("summary=off,probes=" + probes);
      try (ForkedApp app = how.apply(fork).start(ShapesApp.class)) {
        ForkedApp.Ended watched = app.await();
        compare(name, plain, watched);
        report = app.report();
        timed(name, report, plain.out());
      }
    }
    return report;
  }

  private void compare(String name, ForkedApp.Ended plain, ForkedApp.Ended watched) {
    shapes.keySet().forEach(each -> ROW.ran());
    ROW.holds(name, plain.exit() == 0 && watched.exit() == 0, watched.toString());
    List<String> expected = plain.out().lines().toList();
    List<String> seen = watched.out().lines().toList();
    for (int i = 0; i < Math.max(expected.size(), seen.size()); i++) {
      String one = i < expected.size() ? expected.get(i) : "nothing";
      String other = i < seen.size() ? seen.get(i) : "nothing";
      ROW.holds(name, one.equals(other), "line " + i + ": " + one + ", with " + other);
    }
    ROW.holds(name, watched.otherLines().equals(plain.otherLines()), watched.err());
    ROW.holds(name, watched.coldstartLines().isEmpty(), watched.err());
  }

  /** Each shape that ran has intervals, and each of them has ended. */
  private void timed(String name, RunReport report, String out) {
    List<Span> spans = report.startup().spans();
    for (String shape : shapes.keySet()) {
      String type = shape.substring(shape.indexOf('|') + 1);
      boolean runs = !out.contains("== " + type + "\nrefused");
      String simple = type.substring(type.indexOf('.') + 1);
      long timed = spans.stream().filter(span -> span.name().contains(simple)).count();
      ROW.lost(name, runs && timed == 0 ? 1 : 0, "every interval of " + shape);
    }
    ROW.lost(name, spans.stream().filter(Span::open).count(), "ends of intervals");
  }

  /** The report has these warnings and no other, but of hooks that met the end of the stack. */
  private static void warned(RunReport report, String... expected) {
    List<String> warnings = new ArrayList<>(report.agent().warnings());
    warnings.removeIf(each -> each.contains("swallowed (java.lang.StackOverflowError"));
    for (String each : expected) {
      ROW.holds("warnings", warnings.removeIf(w -> w.contains(each)), "none of " + each);
    }
    ROW.holds("warnings", warnings.isEmpty(), warnings.toString());
  }

  private static List<String> kotlinProbes() {
    String stdlib = "kotlin.";
    return List.of(
        stdlib + "text.StringsKt__StringsKt#padStart shapes",
        stdlib + "text.StringsKt__StringsKt#removePrefix shapes_read p {0}",
        stdlib + "collections.CollectionsKt___CollectionsKt#joinToString shapes",
        stdlib + "collections.CollectionsKt___CollectionsKt#joinTo shapes_read p {0.class}",
        stdlib + "collections.CollectionsKt___CollectionsKt#first shapes",
        stdlib + "ranges.IntRange#<init> shapes",
        stdlib + "Pair#<init> shapes_read p {0}",
        stdlib + "text.Regex#replace shapes",
        stdlib + "text.Regex#<init> shapes_read p {0}");
  }

  private AgentRun fork(String name, Jdk jdk) {
    return AgentRun.on(jdk, folder.resolve(name))
        .workDir(folder)
        .args(shapes.keySet().toArray(new String[0]));
  }

  private static Path app(String name) {
    List<Path> all = Libs.classPath("shapes", name);
    return all.get(all.size() - 1);
  }

  /** The jars of the set whose names begin so. */
  private static Path[] libraries(String... jars) {
    List<Path> path = new ArrayList<>();
    for (String jar : jars) {
      Libs.jars("shapes").stream()
          .filter(each -> each.getFileName().toString().startsWith(jar))
          .forEach(path::add);
    }
    return path.toArray(new Path[0]);
  }
}
