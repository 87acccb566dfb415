package dev.coldstart.demo.e2e;

import dev.coldstart.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stand-ins and one service of the demo, each a process of its own, stopped by {@link #close}.
 */
final class DemoRun implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("coldstart.root")).normalize();
  private static final long READY_SECONDS = 90;
  private static final Pattern EXPORT = Pattern.compile("export (\\w+)='(.*)'");
  private static final Pattern ADDRESS = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

  private final Jdk jdk;
  private final Path dir;
  private final Deque<Process> processes = new ArrayDeque<>();
  private Process service;
  private String url;

  DemoRun(Jdk jdk, Path dir) {
    this.jdk = jdk;
    this.dir = dir;
  }

  static Path agent() throws IOException {
    return jar("agent/dist", "coldstart-agent.jar");
  }

  void startBackends(List<String> options) throws Exception {
    List<String> command = java("-jar", backends(), "--ledger", ledger().toString());
    command.addAll(List.of("--env-file", dir.resolve("env").toString()));
    command.addAll(options);
    start("backends", command, Map.of());
    await("backends.out", Pattern.compile("^READY", Pattern.MULTILINE));
  }

  void startService(String framework, Path workingDirectory, List<String> jvmOptions)
      throws Exception {
    startService(framework, workingDirectory, jvmOptions, Map.of());
  }

  void startService(
      String framework, Path workingDirectory, List<String> jvmOptions, Map<String, String> more)
      throws Exception {
    List<String> command = java(jvmOptions.toArray(new String[0]));
    String prefix = "coldstart-demo-" + framework + "-";
    command.addAll(List.of("-jar", jar("demo-app/" + framework + "-service", prefix).toString()));
    Map<String, String> environment = new LinkedHashMap<>();
    for (String line : Files.readAllLines(dir.resolve("env"))) {
      Matcher export = EXPORT.matcher(line);
      if (export.matches()) {
        environment.put(export.group(1), export.group(2));
      }
    }
    environment.putAll(more);
    service = start("service", command, environment, workingDirectory);
    url = "http://" + await("service.out", ADDRESS);
  }

  /** Asks the first question and so many more; true when every answer was good. */
  boolean visit(int warm, String... options) throws Exception {
    List<String> command = java("-cp", backends(), "dev.coldstart.demo.backends.Visitor", url);
    command.addAll(List.of("--warm", "" + warm, "--out", visitor().toString()));
    command.addAll(List.of(options));
    return run("visitor", command);
  }

  /** Status and text of each answer. */
  List<String> answers() throws IOException {
    List<String> answers = new ArrayList<>();
    for (String line : Files.readAllLines(visitor())) {
      answers.add(line.replaceAll("\"\\w+_ns\":\\d+", ""));
    }
    return answers;
  }

  /** Compares the report with the ledger; true when all of it agrees. */
  boolean agreesWithLedger() throws Exception {
    return check("LedgerCheck", "--visitor", visitor().toString());
  }

  /** Compares the start kinds of the report with the ledger; true when all of it agrees. */
  boolean kindsAgreeWithLedger(String... expected) throws Exception {
    return check("KindCheck", expected);
  }

  private boolean check(String main, String... options) throws Exception {
    List<String> command = java("-cp", backends(), "dev.coldstart.demo.backends." + main);
    command.addAll(List.of("--report", report().toString(), "--ledger", ledger().toString()));
    command.addAll(List.of(options));
    return run("check", command);
  }

  /** Stops the service as an orchestrator does. Returns how long that took, ms. */
  long stopService() throws InterruptedException {
    long begin = System.nanoTime();
    service.destroy();
    if (!service.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the service did not stop");
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  int exitCode() {
    return service.exitValue();
  }

  /** Text of an output file of a process: "service.out", "service.err", "check.out". */
  String text(String file) throws IOException {
    return Files.readString(dir.resolve(file));
  }

  Path report() throws IOException {
    return first(reports(), "", ".json");
  }

  Path reports() {
    return dir.resolve("reports");
  }

  Path ledger() {
    return dir.resolve("ledger.jsonl");
  }

  private Path visitor() {
    return dir.resolve("visitor.jsonl");
  }

  @Override
  public void close() {
    while (!processes.isEmpty()) {
      Process process = processes.pop();
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean run(String name, List<String> command) throws Exception {
    Process process = start(name, command, Map.of());
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException(name + " did not end");
    }
    return process.exitValue() == 0;
  }

  private Process start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    return start(name, command, environment, dir);
  }

  private Process start(
      String name, List<String> command, Map<String, String> environment, Path workingDirectory)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectOutput(dir.resolve(name + ".out").toFile())
            .redirectError(dir.resolve(name + ".err").toFile());
    builder.environment().keySet().removeIf(k -> k.startsWith("COLDSTART_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.push(process);
    return process;
  }

  private String await(String file, Pattern pattern) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (System.nanoTime() - deadline < 0) {
      Matcher matcher = pattern.matcher(text(file));
      if (matcher.find()) {
        return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
      }
      if (!processes.peek().isAlive()) {
        break;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException(
        file + ": no " + pattern + "\n" + text(file.replace("out", "err")));
  }

  private List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.tool("java"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String backends() throws IOException {
    return jar("demo-app/backends", "coldstart-demo-backends-").toString();
  }

  private static Path jar(String module, String prefix) throws IOException {
    return first(ROOT.resolve(module).resolve("target"), prefix, ".jar");
  }

  private static Path first(Path folder, String prefix, String suffix) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix) && name.endsWith(suffix)) {
          return file;
        }
      }
    }
    throw new IllegalStateException("no " + prefix + "*" + suffix + " in " + folder);
  }
}
