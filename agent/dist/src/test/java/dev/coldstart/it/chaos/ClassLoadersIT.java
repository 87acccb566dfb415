package dev.coldstart.it.chaos;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.app.TwoWarsApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.library.Libs;
import dev.coldstart.report.RunReport;
import jakarta.annotation.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes with probes in loaders that hide things from them. */
class ClassLoadersIT {
  private static final String LIBRARY = "isolating-loaders";

  @RegisterExtension
  static final Row ROW =
      new Row(
          "A library with probes is in an OSGi bundle (Felix, Equinox), a module of JBoss Modules,"
              + " two web applications of one Tomcat, a named module or a jlink image: it works as"
              + " without the agent, what it does is in the report, or a sentence says why not, and"
              + " an application that is taken away is not held.");

  @TempDir private Path folder;
  private Path pool;

  @BeforeEach
  void compile() {
    pool = Fakes.compile("hikari", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"osgi", "osgi2"})
  void bundlesAreLookedInto(String framework) {
    Path bundle = Jars.of(folder.resolve("bundle.jar"), pool, "Bundle-SymbolicName: pool");
    Function<String, AgentRun> run =
        name ->
            app(name, framework, "OsgiApp")
                .args(folder.resolve(name + "-framework").toString(), bundle.toString());
    isolated(framework, run);
  }

  @Test
  void modulesOfJBossAreLookedInto() throws IOException {
    Path module = Files.createDirectories(folder.resolve("modules/pool/main"));
    Jars.of(module.resolve("pool.jar"), pool, "Comment: none");
    Files.writeString(
        module.resolve("module.xml"),
        """
        <module xmlns="urn:jboss:module:1.9" name="pool">
          <resources><resource-root path="pool.jar"/></resources>
        </module>
        """);
    String modules = folder.resolve("modules").toString();
    isolated("jboss-modules", name -> app(name, "jboss-modules", "ModulesApp").args(modules));
  }

  @Test
  void webApplicationsOfOneTomcatAreLookedInto() throws IOException {
    List<String> folders = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      Path classes = folder.resolve(name).resolve("WEB-INF/classes");
      Jars.copy(pool, classes);
      Path servlet = classes.resolve("dev/coldstart/it/app/TwoWarsApp$Pools.class");
      Files.createDirectories(servlet.getParent());
      Path tests = AgentRun.jarOf(TwoWarsApp.class);
      Files.copy(tests.resolve(classes.relativize(servlet)), servlet);
      folders.add(folder.resolve(name).toString());
    }
    Function<String, AgentRun> run =
        name ->
            fork(name)
                .classPath(AgentRun.jarOf(Tomcat.class), AgentRun.jarOf(Resource.class))
                .args(folder.resolve(name).toString(), folders.get(0), folders.get(1));
    List<String> paths = List.of("/one/connect", "/two/connect", "/undeploy", "/one/connect");
    List<String> plain = answers(run.apply("plain").withoutAgent(), TwoWarsApp.class, paths, null);
    RunReport[] report = new RunReport[1];
    List<String> watched = answers(run.apply("watched"), TwoWarsApp.class, paths, report);
    ROW.ran();
    ROW.holds("two applications", watched.equals(plain), plain + " became " + watched);
    ROW.leaked(
        "two applications",
        watched.get(2).contains("collected: true") ? List.of() : List.of("its class loader"));
    ROW.lost("two applications", 3 - connects(report[0]), "connects of a pool");
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void namedModulesAreLookedInto(Jdk jdk) throws Exception {
    Path modules = NamedModules.compile(folder.resolve("modules"), jdk);
    inModules("named modules, " + jdk, jdk, modules);
  }

  @Test
  void imagesWithTheAgentsModulesWork() throws Exception {
    ROW.note("Spring Boot's jar: tests of the demo; Quarkus: QuarkusRestIT, QuarkusLangChain4jIT");
    ROW.notRun("GraalVM as the JIT compiler: no such JDK can be had here");
    Jdk jdk = Jdks.any();
    Path modules = NamedModules.compile(folder.resolve("modules"), jdk);
    Jdk image = NamedModules.link(jdk, folder.resolve("image"), "java.instrument,java.management");
    inModules("jlink image with java.instrument and java.management", image, modules);

    if (Row.size(0, 1) == 1) {
      Jdk small = NamedModules.link(jdk, folder.resolve("small"), "java.instrument");
      ForkedApp.Ended plain = java("small-plain", small, modules, false);
      ForkedApp.Ended watched = java("small", small, modules, true);
      ROW.ran();
      ROW.holds(
          "jlink image without java.management",
          watched.out().equals(plain.out())
              && watched.coldstartLines().size() == 1
              && watched.err().contains("this Java has no module java.management"),
          plain + " became " + watched);
    }
    Jdk without = NamedModules.link(jdk, folder.resolve("bare"), "java.base");
    ForkedApp.Ended ended = java("bare", without, modules, true);
    ROW.ran();
    ROW.holds(
        "jlink image without java.instrument",
        ended.exit() == 1
            && ended.out().contains("Module java.instrument may be missing from runtime image"),
        "said " + ended);
  }

  /** Looks into it, shows nothing else of the application, and leaves it alone when told to. */
  private void isolated(String name, Function<String, AgentRun> run) {
    List<String> paths = List.of("/connect", "/hidden", "/absent", "/connect");
    List<String> plain = answers(run.apply("plain").withoutAgent(), Scenes.class, paths, null);
    RunReport[] report = new RunReport[1];
    List<String> watched = answers(run.apply("watched"), Scenes.class, paths, report);
    ROW.ran();
    ROW.holds(name, watched.equals(plain), plain + " became " + watched);
    ROW.lost(name, 2 - connects(report[0]), "connects of a pool");
    ROW.holds(name, report[0].agent().libraries().contains(LIBRARY), "not woven");
    ROW.holds(
        name, report[0].agent().warnings().isEmpty(), "warned " + report[0].agent().warnings());

    if (Row.size(0, 1) == 0) {
      return;
    }
    AgentRun off = run.apply("off").options("disable=" + LIBRARY);
    watched = answers(off, Scenes.class, paths, null);
    ROW.ran();
    ROW.holds(name + " disabled", watched.equals(plain), plain + " became " + watched);
  }

  private void inModules(String name, Jdk jdk, Path modules) {
    ForkedApp.Ended plain = java("plain", jdk, modules, false);
    ForkedApp.Ended watched = java("watched", jdk, modules, true);
    ROW.ran();
    ROW.holds(
        name,
        plain.exit() == 0
            && watched.exit() == 0
            && watched.out().equals(plain.out())
            && watched.otherLines().equals(plain.otherLines()),
        plain + " became " + watched);
    RunReport report = ForkedApp.report(folder.resolve("watched/reports"));
    ROW.lost(name, 1 - connects(report), "connects of a pool");
    ROW.holds(name, report.agent().warnings().isEmpty(), "warned " + report.agent().warnings());
  }

  private ForkedApp.Ended java(String name, Jdk jdk, Path modules, boolean agent) {
    Path reports = folder.resolve(name).resolve("reports");
    List<String> command = new ArrayList<>(List.of("java", "-Xverify:all"));
    if (agent) {
      command.add("-javaagent:" + AgentRun.JAR + "=otel=off,cache=off,summary=off,dir=" + reports);
    }
    command.addAll(List.of("-p", modules.toString(), "-m", "svc/svc.Main"));
    return AgentRun.on(jdk, folder).tool(command.toArray(new String[0]));
  }

  private AgentRun app(String name, String set, String app) {
    return fork(name)
        .classPath(Libs.classPath(set, app).toArray(new Path[0]))
        .args("dev.coldstart.it.app." + app);
  }

  private AgentRun fork(String name) {
    return AgentRun.on(Jdks.any(), folder.resolve(name)).workDir(folder).options("summary=off");
  }

  /** What a client gets; the report goes to the array when there is to be one. */
  private static List<String> answers(
      AgentRun run, Class<?> main, List<String> paths, RunReport[] report) {
    try (ForkedApp app = run.start(main)) {
      List<String> answers = new ArrayList<>();
      for (String path : paths) {
        RawHttp.Response response = app.http().get(path);
        answers.add(response.status() + " " + response.body());
      }
      if (report != null) {
        app.awaitRequests(1);
      }
      answers.add("ended with " + app.stop().exit());
      if (report != null) {
        report[0] = app.report();
      }
      return answers;
    }
  }

  /** Of the start and of all requests. */
  private static long connects(RunReport report) {
    return report.startup().spans().stream().filter(s -> s.phase().equals("db_connect")).count()
        + report.requests().stream()
            .flatMap(request -> request.spans().stream())
            .filter(span -> span.phase().equals("db_connect"))
            .count();
  }
}
