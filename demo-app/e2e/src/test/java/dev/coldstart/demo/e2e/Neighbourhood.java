package dev.coldstart.demo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A service of the demo beside another agent: compared with itself under that agent alone, and its
 * report with the one of a run without that agent. Beside OpenTelemetry's agent both send their
 * traces to one collector: they must be the same traces.
 */
final class Neighbourhood {
  private static final int WARM = 3;
  private static final String SCALE = "1/300";
  private static final Pattern TROUBLE =
      Pattern.compile("Exception|Error\\b|^\\s+at |^coldstart: ");

  /** What tells two runs apart anyway: addresses, times, process ids, threads. */
  private static final Pattern VARIABLE = Pattern.compile("[0-9]+");

  private final Jdk jdk;
  private final Path dir;
  private final String framework;
  private RunReport undisturbed;

  Neighbourhood(Jdk jdk, Path dir, String framework) {
    this.jdk = jdk;
    this.dir = dir;
    this.framework = framework;
  }

  /**
   * How one order of the two agents went.
   *
   * @param order the two, the first one first
   * @param unlike what the service did otherwise than under the other agent alone
   * @param missing what the report lacks, has twice, or adds up wrongly
   * @param warnings of the report, and what its hooks failed at
   */
  record Row(
      String framework,
      Neighbour neighbour,
      String order,
      List<String> unlike,
      List<String> missing,
      List<String> warnings) {
    boolean good() {
      return unlike.isEmpty() && missing.isEmpty() && warnings.isEmpty();
    }

    String markdown() {
      return "| %s | %s | %s | %s | %s | %s |"
          .formatted(
              neighbour,
              framework,
              order,
              cell("yes", unlike),
              cell("yes", missing),
              cell("none", warnings));
    }

    private static String cell(String good, List<String> bad) {
      return bad.isEmpty() ? good : "**no**: " + String.join("; ", bad).replace("|", "\\|");
    }
  }

  private record Outcome(
      List<String> answers,
      int exit,
      Set<String> trouble,
      RunReport run,
      List<String> wrongTraces) {}

  /** Both orders. */
  List<Row> beside(Neighbour neighbour) throws Exception {
    if (undisturbed == null) {
      undisturbed = run("undisturbed", true, List.of(), List.of()).run();
    }
    List<String> theirs = neighbour.options();
    Outcome alone = run(neighbour.name(), false, theirs, List.of());
    Outcome after = run(neighbour.name() + "-after", true, theirs, List.of());
    Outcome before = run(neighbour.name() + "-before", true, List.of(), theirs);
    return List.of(
        row(neighbour, neighbour + ", Coldstart", alone, after),
        row(neighbour, "Coldstart, " + neighbour, alone, before));
  }

  private Row row(Neighbour neighbour, String order, Outcome alone, Outcome both) {
    List<String> warnings = new ArrayList<>(both.run().agent().warnings());
    long failures = both.run().agent().adviceFailures();
    if (failures > 0) {
      warnings.add(failures + " failures in hooks");
    }
    List<String> missing = missing(both.run());
    missing.addAll(both.wrongTraces());
    return new Row(framework, neighbour, order, unlike(alone, both), missing, warnings);
  }

  private static List<String> unlike(Outcome alone, Outcome both) {
    List<String> unlike = new ArrayList<>();
    if (!both.answers().equals(alone.answers())) {
      unlike.add("other answers");
    }
    if (both.exit() != alone.exit()) {
      unlike.add("exit code " + both.exit() + ", not " + alone.exit());
    }
    both.trouble().stream()
        .filter(line -> !alone.trouble().contains(line))
        .limit(3)
        .forEach(line -> unlike.add("stderr: " + line.strip()));
    return unlike;
  }

  private List<String> missing(RunReport run) {
    List<String> missing = new ArrayList<>();
    try {
      Sums.check(run);
    } catch (AssertionError e) {
      missing.add("sums: " + e.getMessage().strip().lines().findFirst().orElse(""));
    }
    if (run.requests().size() != undisturbed.requests().size()) {
      missing.add(run.requests().size() + " requests");
      return missing;
    }
    for (int i = 0; i < run.requests().size(); i++) {
      List<String> found = spans(run.requests().get(i));
      List<String> expected = spans(undisturbed.requests().get(i));
      if (!found.equals(expected)) {
        missing.add(
            "request "
                + i
                + ": lacks "
                + less(expected, found)
                + ", more "
                + less(found, expected));
      }
    }
    return missing;
  }

  /** Kind of the request and each span with its phase and its parent's name, in order. */
  private static List<String> spans(RequestReport request) {
    List<String> spans =
        request.spans().stream()
            .map(s -> s.phase() + " " + s.name() + (s.inferred() ? " (inferred)" : ""))
            .sorted()
            .collect(Collectors.toList());
    spans.add(0, request.kind() + " " + request.window());
    return spans;
  }

  private static List<String> less(List<String> all, List<String> known) {
    List<String> rest = new ArrayList<>(all);
    known.forEach(rest::remove);
    return rest;
  }

  private Outcome run(String name, boolean ours, List<String> first, List<String> last)
      throws Exception {
    Path files = Files.createDirectories(dir.resolve(framework + "-" + name));
    boolean shared = ours && name.startsWith(Neighbour.OPENTELEMETRY.name());
    try (OtlpCollector collector = new OtlpCollector();
        DemoRun demo = new DemoRun(jdk, files)) {
      demo.startBackends(List.of("--scale", SCALE));
      List<String> options = new ArrayList<>(first);
      if (ours) {
        options.add(
            "-javaagent:%s=otel=%s,dir=%s,cache=%s"
                .formatted(
                    DemoRun.agent(),
                    shared ? "on" : "off",
                    demo.reports(),
                    files.resolve("cache")));
      }
      options.addAll(last);
      if (shared) {
        options.addAll(SharedTraces.options(collector));
      }
      demo.startService(framework, files, options);
      assertThat(demo.visit(WARM)).as("all answers are good").isTrue();
      if (shared) {
        SharedTraces.await(collector, 1 + WARM);
      }
      demo.stopService();
      RunReport run = ours ? ReportJson.read(Files.readString(demo.report())) : null;
      List<String> wrong = shared ? SharedTraces.wrong(collector, run) : List.of();
      return new Outcome(demo.answers(), demo.exitCode(), trouble(demo), run, wrong);
    }
  }

  private static Set<String> trouble(DemoRun demo) throws IOException {
    return demo.text("service.err")
        .lines()
        .filter(line -> TROUBLE.matcher(line).find())
        .map(line -> VARIABLE.matcher(line).replaceAll("#"))
        .collect(Collectors.toSet());
  }
}
