package dev.coldstart.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A training run: fills the cache of woven classes, so that no start of the image weaves. */
@Command(
    name = "prepare",
    customSynopsis = {
      "java -jar coldstart-agent.jar prepare --cache=DIR [--url=URL] [--timeout=SECONDS]",
      "         -- java -jar service.jar ..."
    },
    header = "Weaves a service's classes in advance, while its image is built.",
    description = {
      "",
      "Starts the command with the agent, waits until the service is ready (with --url: until it has",
      "answered that request), stops it, and says what is in the cache. Start the service with",
      "-javaagent:coldstart-agent.jar=cache=DIR then. The cache is good for this jar, this version of",
      "Java and the same disable=, probes= and requests=; else classes are woven as without it.",
      ""
    })
final class PrepareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--cache",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the cache; made if need be, readable by everybody.")
  private Path cache;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "First request to send once the service is ready: classes it alone uses are woven too.")
  private URI url;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Stops the service after this long in any case; default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "How the service is started.")
  private List<String> command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path jar = AgentJar.path();
    if (jar == null) {
      throw new Failure("not run from the agent's jar: run java -jar coldstart-agent.jar prepare");
    }
    if (jar.toString().indexOf('=') >= 0) {
      throw new Failure("java takes what follows '=' for options: move " + jar);
    }
    if (url != null && !"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw Failure.badInput("--url must begin with http:// or https://", null);
    }
    if (timeoutSeconds < 1) {
      throw Failure.badInput("--timeout must be 1 or more", null);
    }
    Path dir = cache.toAbsolutePath().normalize();
    makeDir(dir);
    Path reports = Files.createTempDirectory("coldstart-prepare");
    try {
      TrainingRun run = new TrainingRun(jar, dir, reports, Duration.ofSeconds(timeoutSeconds));
      String end = run.run(command, url);
      spec.commandLine().getOut().println("coldstart: stopped: " + end);
      return tell(dir, run);
    } finally {
      delete(reports);
    }
  }

  private int tell(Path dir, TrainingRun run) throws IOException {
    int files = 0;
    long bytes = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(dir, "woven-*.bin")) {
      for (Path file : all) {
        files++;
        bytes += Files.size(file);
      }
    }
    if (files == 0 || run.classesWoven() == 0) {
      throw new Failure(
          "nothing was woven: the service must load a class of a library the agent knows (see"
              + " probes); did it start?"
              + (run.warnings().isEmpty() ? "" : " " + String.join("; ", run.warnings())));
    }
    spec.commandLine()
        .getOut()
        .println(
            "coldstart: "
                + run.classesWoven()
                + " classes of "
                + String.join(", ", run.libraries())
                + " are in "
                + dir
                + " ("
                + bytes / 1024
                + " kB)");
    spec.commandLine()
        .getOut()
        .println("coldstart: start the service with -javaagent:coldstart-agent.jar=cache=" + dir);
    return 0;
  }

  /** The service's user is often another than the one that builds the image. */
  private static void makeDir(Path dir) {
    try {
      if (Files.notExists(dir)) {
        Files.createDirectories(dir);
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    } catch (IOException e) {
      throw Failure.badInput("cannot make " + dir + ": name a directory in a writable one", e);
    } catch (UnsupportedOperationException e) {
      throw new Failure("there is no cache on a system without owners and modes of files", e);
    }
  }

  private static void delete(Path dir) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(dir);
  }
}
