package dev.coldstart.cli;

import dev.coldstart.agent.AgentVersion;
import dev.coldstart.report.AgentFacts;
import dev.coldstart.report.JvmFacts;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/** Checks step by step, each one needing those before it, and prints a line for each. */
final class Doctor {
  private static final long REPORT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_MILLIS = 50;
  private static final long EXIT_SECONDS = 20;
  private static final int SHOWN_LINES = 15;

  private final PrintWriter out;
  private final Path java;

  Doctor(PrintWriter out, Path java) {
    this.out = out;
    this.java = java;
  }

  /**
   * Runs all checks.
   *
   * @param jar the agent's jar, null when unknown
   * @return whether the agent works here
   */
  boolean examine(Path jar) throws IOException, InterruptedException {
    if (!checkJava() || !checkJar(jar)) {
      return false;
    }
    Path dir = Files.createTempDirectory("coldstart-doctor");
    try {
      return watch(jar, dir);
    } finally {
      delete(dir);
    }
  }

  private boolean checkJava() {
    if (Files.isExecutable(java) || Files.isExecutable(Path.of(java + ".exe"))) {
      return ok("java command", java.toString());
    }
    return fail("java command", java + " is no program: name one with --java=FILE");
  }

  private boolean checkJar(Path jar) throws IOException {
    if (jar == null || !Files.isRegularFile(jar)) {
      return fail("agent jar", "not run from it: run java -jar coldstart-agent.jar doctor");
    }
    if (jar.toString().indexOf('=') >= 0) {
      return fail(
          "agent jar",
          "java takes what follows '=' for options: move the jar to a path" + " without '='");
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getManifest() == null
          || file.getManifest().getMainAttributes().getValue("Premain-Class") == null) {
        return fail("agent jar", jar + " was repackaged: use the coldstart-agent.jar as released");
      }
    }
    return ok("agent jar", jar + ", version " + AgentVersion.get());
  }

  private boolean watch(Path jar, Path dir) throws IOException, InterruptedException {
    Path type = dir.resolve("classes/" + ProbedProgram.MAIN_CLASS.replace('.', '/') + ".class");
    Files.createDirectories(type.getParent());
    Files.write(type, ProbedProgram.bytes());
    Path log = dir.resolve("output.txt");
    Path reports = Files.createDirectory(dir.resolve("reports"));
    Process program = start(jar, dir.resolve("classes"), reports, log);
    try {
      Path report = await(program, reports);
      program.getOutputStream().close();
      boolean ended = program.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
      if (!ended || program.exitValue() != 0) {
        String how = ended ? "exit code " + program.exitValue() : "does not end";
        return fail("program", "with the agent: " + how, log);
      }
      ok("program", "ran with the agent");
      return report == null
          ? fail("report", "none was written", log)
          : check(ReportJson.read(Files.readString(report)), log);
    } catch (IllegalArgumentException e) {
      return fail("report", e.getMessage());
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  private Process start(Path jar, Path classes, Path reports, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-javaagent:"
                + jar
                + "=enabled=on,cache=off,otel=off,jfr=off,summary=off,export.delay=1s",
            "-Dcoldstart.dir=" + reports,
            "-Dcoldstart.service=doctor",
            "-cp",
            classes.toString(),
            ProbedProgram.MAIN_CLASS);
    // What is set for the service must not decide what is checked here.
    builder.environment().keySet().removeIf(name -> name.startsWith("COLDSTART_"));
    for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      if (builder.environment().remove(name) != null) {
        ok("environment", name + " is set; this check leaves it out");
      }
    }
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** The report once it is there, null when the program ends or time runs out before. */
  private static Path await(Process program, Path reports)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < REPORT_TIMEOUT_NANOS) {
      boolean alive = program.isAlive();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(reports, "doctor-*.json")) {
        for (Path file : files) {
          return file;
        }
      }
      if (!alive) {
        return null;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return null;
  }

  private boolean check(RunReport report, Path log) throws IOException {
    AgentFacts agent = report.agent();
    ok("report", "written by Java " + report.jvm().version() + " and read");
    if (agent.classesWoven() == 0) {
      return fail("weaving", String.join("; ", agent.warnings()), log);
    }
    ok("weaving", "1 class in " + millis(agent.weavingNanos()) + " ms");
    for (Span span : report.startup().spans()) {
      if (span.name().equals(ProbedProgram.SPAN)) {
        ok(
            "recording",
            "\""
                + span.name()
                + "\" ("
                + span.phase()
                + "), "
                + millis(span.endNanos() - span.startNanos())
                + " ms");
        ok("own cost", "premain " + millis(agent.premainNanos()) + " ms");
        findings(report.jvm());
        return true;
      }
    }
    return fail("recording", "the probed call is not in the report", log);
  }

  /** What is good to know about this machine and JVM, for the service that will run here. */
  private void findings(JvmFacts jvm) throws IOException {
    String quota =
        jvm.cpuQuota() == null
            ? "no CPU quota seen"
            : String.format(Locale.ROOT, "the cgroup allows %.2f", jvm.cpuQuota());
    ok("cpus", jvm.cpus() + " seen by the JVM, " + quota);
    ok("archives", "CDS: " + jvm.cds() + "; AOT cache: " + jvm.aot());
    List<String> missing = new Modules(java).missing();
    if (missing == null) {
      note("modules", "unknown: " + java + " --list-modules failed");
    } else if (missing.isEmpty()) {
      ok("modules", "all that the outputs need");
    } else {
      missing.forEach(line -> note("modules", line));
    }
    Path dir = Path.of(System.getProperty("java.io.tmpdir"));
    if (Files.isWritable(dir)) {
      ok("reports", "the default directory can be made in " + dir);
    } else {
      note("reports", dir + " is not writable: give the agent a directory with dir=");
    }
  }

  private void note(String step, String text) {
    line("note", step, text);
  }

  private boolean ok(String step, String text) {
    line("ok", step, text);
    return true;
  }

  private boolean fail(String step, String text) {
    line("FAIL", step, text);
    return false;
  }

  /** With the end of what the program printed: the reason is most likely there. */
  private boolean fail(String step, String text, Path log) throws IOException {
    fail(step, text);
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    for (String line : lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())) {
      out.println("        | " + line);
    }
    return false;
  }

  private void line(String verdict, String step, String text) {
    out.printf("  %-5s %-13s %s%n", verdict, step, text);
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
  }

  private static void delete(Path dir) throws IOException {
    try (var files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
