package dev.coldstart.cli;

import dev.coldstart.agent.AgentVersion;
import dev.coldstart.compare.SamplesText;
import dev.coldstart.measure.BadInput;
import dev.coldstart.measure.Launch;
import dev.coldstart.measure.Measurement;
import dev.coldstart.measure.Plan;
import dev.coldstart.measure.Plan.Way;
import dev.coldstart.measure.Readiness;
import dev.coldstart.measure.RequestFile;
import dev.coldstart.measure.Samples;
import dev.coldstart.measure.Samples.Environment;
import dev.coldstart.measure.SamplesJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cold-starts a command again and again. */
@Command(
    name = "measure",
    customSynopsis = "java -jar coldstart-agent.jar measure [OPTIONS] --ready=WHEN -- COMMAND...",
    header = "Cold-starts a command n times, with the agent, and keeps every sample.",
    description = {
      "",
      "Each run starts the command, waits until it is ready, sends the first and the warm requests",
      "and stops it with all it started. The agent is attached automatically: right after \"java\",",
      "else by JAVA_TOOL_OPTIONS. Variants take turns (A B A B). The file is written after every",
      "run; Ctrl-C keeps the finished ones.",
      ""
    },
    footer = {
      "",
      "  measure -n 20 --ready http://127.0.0.1:8080/health --requests chat.yaml -- \\",
      "      java -jar service.jar",
      "",
      "In the command and in --prepare, {variant} is the variant's name: with --variant base and",
      "--variant new, \"java -jar {variant}.jar\" compares two builds."
    })
final class MeasureCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What to start, after --.")
  private List<String> command;

  @Option(
      names = {"-n", "--runs"},
      paramLabel = "N",
      description = "Cold starts of each variant; default: 10.")
  private int runs = 10;

  @Option(
      names = "--variant",
      paramLabel = "NAME[=JVM-OPTIONS]",
      description = "A way to start it, with these JVM options. May be given several times.")
  private List<String> variants = new ArrayList<>();

  @Option(
      names = "--agentless",
      description = "Also a variant without the agent: shows what the agent itself costs.")
  private boolean agentless;

  @ArgGroup(multiplicity = "1")
  private When when;

  /** Exactly one of these. */
  static final class When {
    @Option(
        names = "--ready",
        paramLabel = "WHEN",
        description = {
          "When it is ready: an address that answers, a port that accepts, or a regular expression",
          "that a line of its output matches. A named group, (?<port>[0-9]+), can be used in the",
          "addresses of the requests, {port}."
        })
    private String ready;

    @Option(names = "--first-line", description = "Ready with its first line on stdout.")
    private boolean firstLine;

    @Option(names = "--exit", description = "Done when it ends by itself, with code 0.")
    private boolean exit;

    private Readiness readiness() {
      if (exit) {
        return new Readiness.Exit();
      }
      return firstLine ? new Readiness.FirstLine() : Readiness.parse(ready);
    }
  }

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description = {
        "YAML or JSON with the requests: first: {url, method, headers, body, status}, warm: the",
        "same, times: N. ${NAME} is taken from the environment. Default: GET the --ready address."
      })
  private Path requests;

  @Option(
      names = "--warm",
      paramLabel = "N",
      description = "Warm requests after the first; default: what the file says, else 10.")
  private Integer warm;

  @Option(
      names = "--prepare",
      paramLabel = "COMMAND",
      description = {
        "Shell command before each run, not timed; COLDSTART_VARIANT and COLDSTART_RUN tell which.",
        "As root, 'sync; echo 3 > /proc/sys/vm/drop_caches' makes the files cold as well."
      })
  private String prepare;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "For one run, start to last answer; default: 300.")
  private int timeoutSeconds = 300;

  @Option(
      names = "--stop-timeout",
      paramLabel = "SECONDS",
      description = "To stop when asked, before it is killed; default: 10.")
  private int stopSeconds = 10;

  @Option(names = "--keep-going", description = "Do not stop at the first run that fails.")
  private boolean keepGoing;

  @Option(
      names = "--agent-options",
      paramLabel = "KEY=VALUE,...",
      description = "Options of the agent; see the command \"options\".")
  private String agentOptions = "";

  @Option(names = "--commit", paramLabel = "ID", description = "Kept with the samples.")
  private String commit;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the samples go; default: coldstart-samples.json.")
  private Path output = Path.of("coldstart-samples.json");

  @Option(names = "--json", description = "Print the samples instead of the summary.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  private boolean quiet;

  @Override
  public Integer call() {
    try {
      return measure();
    } catch (InterruptedException e) {
      // Ctrl-C: the shutdown hook has told what is to be told.
      return INTERRUPTED;
    } catch (BadInput e) {
      throw Failure.badInput(e.getMessage(), e);
    } catch (IOException e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private int measure() throws IOException, InterruptedException {
    Plan plan = plan();
    Path jar = AgentJar.path();
    if (jar == null || !Files.isRegularFile(jar)) {
      throw new Failure("not run from the agent's jar: run java -jar coldstart-agent.jar measure");
    }
    Launch launch = new Launch(command, jar.toAbsolutePath(), agentOptions);
    launch.check(System.getenv());
    Environment environment = environment(launch, plan);
    Measurement measurement = new Measurement(plan, launch, output.toAbsolutePath(), environment);
    ProgressBar progress =
        new ProgressBar(spec.commandLine().getErr(), !quiet && Ansi.AUTO.enabled());
    Thread hook = new Thread(() -> interrupted(measurement, progress), "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      measurement.run(progress);
    } finally {
      removeHook(hook);
    }
    tell(measurement.samples(), launch);
    boolean good = measurement.samples().runs().stream().allMatch(Samples.Run::ok);
    return good ? 0 : 1;
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already: Ctrl-C.
    }
  }

  private void interrupted(Measurement measurement, ProgressBar progress) {
    try {
      measurement.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    progress.erase();
    PrintWriter err = spec.commandLine().getErr();
    int kept = measurement.samples().runs().size();
    err.println("coldstart: interrupted: " + kept + " finished runs are in " + output);
    err.flush();
  }

  private void tell(Samples samples, Launch launch) {
    if (quiet) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(SamplesJson.write(samples));
      return;
    }
    out.println("Coldstart: " + Main.oneLine(launch.program()) + ", agent: " + attached(samples));
    out.println();
    out.print(SamplesText.render(samples));
    if (samples.runs().stream()
        .noneMatch(run -> run.report() != null && run.report().cold() != null)) {
      out.println(
          "  No phases: the agent saw no request with agent work (is the library in \"libraries\"?)");
    }
    if (prepare == null && System.getProperty("os.name").startsWith("Linux")) {
      out.println("  Files came from the page cache; --help, --prepare says how to start without.");
    }
    out.println("  Samples        " + output);
  }

  private static String attached(Samples samples) {
    Set<String> ways = new LinkedHashSet<>();
    for (Samples.Variant variant : samples.variants()) {
      ways.add(
          switch (variant.agent()) {
            case "option" -> "attached by -javaagent";
            case "none" -> "none in " + variant.name();
            default -> "attached by " + variant.agent();
          });
    }
    return String.join(", ", ways);
  }

  private Plan plan() {
    positive("--runs", runs);
    positive("--timeout", timeoutSeconds);
    Readiness readiness = when.readiness();
    RequestFile asked =
        requests != null
            ? RequestFile.read(requests, System.getenv())
            : readiness instanceof Readiness.Url url
                ? RequestFile.of(RequestFile.Ask.get(url.url()))
                : null;
    if (readiness instanceof Readiness.Exit && asked != null) {
      throw new ParameterException(
          spec.commandLine(), "--requests needs a service that stays: use --ready, not --exit");
    }
    int after =
        asked == null ? 0 : warm != null ? warm : asked.times() != null ? asked.times() : 10;
    if (after < 0) {
      throw new ParameterException(spec.commandLine(), "--warm cannot be negative");
    }
    return new Plan(
        runs,
        ways(),
        readiness,
        asked,
        after,
        prepare,
        TimeUnit.SECONDS.toNanos(timeoutSeconds),
        TimeUnit.SECONDS.toMillis(stopSeconds),
        keepGoing);
  }

  private List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (String text : variants.isEmpty() ? List.of("default") : variants) {
      ways.add(Way.parse(text));
    }
    if (agentless) {
      ways.add(new Way("agentless", ways.get(0).options(), false));
    }
    for (Way way : ways) {
      if (!names.add(way.name())) {
        throw new ParameterException(
            spec.commandLine(), "two variants are called " + way.name() + ": rename one");
      }
    }
    return ways;
  }

  private void positive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(spec.commandLine(), option + " must be 1 or more");
    }
  }

  private Environment environment(Launch launch, Plan plan) {
    return new Environment(
        AgentVersion.get(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        launch.program(),
        plan.readiness().label(),
        commit,
        System.currentTimeMillis());
  }
}
