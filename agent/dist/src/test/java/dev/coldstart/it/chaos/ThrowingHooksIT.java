package dev.coldstart.it.chaos;

import dev.coldstart.it.app.Saboteur;
import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.app.ServerScenes;
import dev.coldstart.it.app.TomcatApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.library.Libs;
import dev.langchain4j.model.chat.StreamingChatModel;
import jakarta.annotation.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * All hooks of the libraries that a service uses throw, whenever they are called. One site at a
 * time, and all there are: {@code EverySiteTest}.
 */
class ThrowingHooksIT {
  private static final Pattern TOLD =
      Pattern.compile("sites=(\\d+) most=(\\d+) calls=(\\d+) counted=(\\d+)");

  /** More than a site is allowed to fail. */
  private static final int ROUNDS = 12;

  private static final int MAX_FAILURES = 10;

  /** Threads that are in a hook while another one fails for the last time. */
  private static final int MAX_RACING = 8;

  @RegisterExtension
  static final Row ROW =
      new Row(
          "Every hook of the servers and libraries that a service uses throws (exceptions, stack"
              + " overflow, missing method, out of memory) at entry and exit: the service answers as"
              + " without the agent, each failure is counted, and a site is switched off after 10.");

  @TempDir private Path folder;
  private Path saboteur;
  private Path fakes;

  @BeforeEach
  void compile() throws IOException {
    fakes = Fakes.compile("hikari", folder);
    Path only = folder.resolve("saboteur");
    String name = Saboteur.class.getName().replace('.', '/');
    for (String file : List.of(name + ".class", name + "$Faulty.class")) {
      Files.createDirectories(only.resolve(file).getParent());
      Files.copy(AgentRun.jarOf(Saboteur.class).resolve(file), only.resolve(file));
    }
    String lines = "Premain-Class: " + Saboteur.class.getName() + "\nCan-Retransform-Classes: true";
    saboteur = Jars.of(folder.resolve("saboteur.jar"), only, lines);
  }

  @Test
  void servicesDoNotNotice() throws IOException {
    List<String> paths =
        List.of("/plain", "/chunks", "/throws", "/error", "/empty", "/async", "/quiet");
    same("jdk-httpserver", paths, ServerApp.class, name -> run(name).classPath(fakes));
    same(
        "Tomcat",
        paths,
        TomcatApp.class,
        name ->
            run(name)
                .classPath(
                    fakes,
                    AgentRun.jarOf(Tomcat.class),
                    AgentRun.jarOf(Resource.class),
                    AgentRun.jarOf(StreamingChatModel.class),
                    AgentRun.jarOf(LoggerFactory.class)));
    same(
        "networknt",
        List.of("/load", "/validate", "/load/lazy"),
        Scenes.class,
        name -> library(name, "networknt1", "NetworkntApp").args("http://127.0.0.1:1/order"));
    if (Row.size(0, 1) == 1) {
      server("javalin", "JavalinScenes");
      server("undertow", "UndertowScenes");
      server("netty-http", "NettyScenes");
      server("vertx", "VertxScenes");
    }
  }

  private void server(String set, String app) throws IOException {
    List<String> paths = List.of("/plain", "/words", "/throws", "/async", "/later", "/whole");
    same(
        set,
        paths,
        ServerScenes.class,
        name ->
            library(name, set, app)
                .classPath(
                    fakes,
                    AgentRun.jarOf(StreamingChatModel.class),
                    AgentRun.jarOf(LoggerFactory.class)));
  }

  private void same(String name, List<String> paths, Class<?> main, Function<String, AgentRun> run)
      throws IOException {
    List<String> plain = answers(run.apply("plain").withoutAgent(), main, paths);
    String dir = folder.resolve(name).toString();
    String agent = "-javaagent:" + AgentRun.JAR + "=otel=off,summary=off,cache=off,dir=" + dir;
    // In this order: it takes the place of what is there.
    Path counts = folder.resolve(name + ".txt");
    AgentRun sabotaged =
        run.apply("sabotaged").agent(agent, "-javaagent:" + saboteur + "=" + counts);
    List<String> watched = answers(sabotaged, main, paths);
    for (int i = 0; i < plain.size(); i++) {
      ROW.ran();
      ROW.holds(
          name, plain.get(i).equals(watched.get(i)), plain.get(i) + " became " + watched.get(i));
    }
    Matcher told = TOLD.matcher(Files.readString(counts));
    if (!told.matches()) {
      throw new AssertionError(Files.readString(counts));
    }
    int sites = Integer.parseInt(told.group(1));
    int most = Integer.parseInt(told.group(2));
    ROW.holds(name, sites > 2, "only " + sites + " sites were called");
    ROW.holds(name, most >= MAX_FAILURES && most <= MAX_FAILURES + MAX_RACING, most + " calls");
    ROW.holds(name, told.group(3).equals(told.group(4)), "counted otherwise: " + told.group());
    ROW.note(name + ": " + sites + " sites");
  }

  private static List<String> answers(AgentRun run, Class<?> main, List<String> paths) {
    List<String> answers = new ArrayList<>();
    try (ForkedApp app = run.start(main)) {
      for (int i = 0; i < ROUNDS; i++) {
        for (String path : paths) {
          RawHttp.Response response = app.http().get(path);
          answers.add(path + " " + response.status() + " " + response.body());
        }
      }
      answers.add("exit code " + app.stop().exit());
      return answers;
    }
  }

  private AgentRun library(String name, String set, String app) {
    return run(name)
        .classPath(Libs.classPath(set, app).toArray(new Path[0]))
        .args("dev.coldstart.it.app." + app);
  }

  private AgentRun run(String name) {
    return AgentRun.on(Jdks.any(), folder.resolve(name)).workDir(folder);
  }
}
