package dev.coldstart.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proves that the agent works on this machine, or that probes name what there is. */
@Command(
    name = "doctor",
    customSynopsis = {
      "java -jar coldstart-agent.jar doctor [--java=FILE]",
      "java -jar coldstart-agent.jar doctor --probes=FILE --class-path=PATH"
    },
    header = "Proves that the agent works here, or checks a file of probes.",
    description = {
      "",
      "Starts a small Java program with the agent and checks that the one call it makes is in the",
      "report. Takes about two seconds; nothing outside a temporary directory is written.",
      "",
      "With --probes it only reads that file (see user-probes.md) and the classes of the service,",
      "without starting it, and says for each line whether its method will be timed.",
      ""
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--java",
      paramLabel = "FILE",
      description = "The java command to check; default: the one running this.")
  private Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  @Option(names = "--probes", paramLabel = "FILE", description = "A file for the option probes.")
  private Path probes;

  @Option(
      names = {"--class-path", "-cp"},
      paramLabel = "PATH",
      description = "Folders and jars of the service; also a Spring Boot jar, a war, or folder/*.")
  private String classPath;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (probes != null || classPath != null) {
      return checkProbes(out);
    }
    boolean healthy = new Doctor(out, java).examine(AgentJar.path());
    if (!healthy) {
      out.println("The agent does not work here: see FAIL above.");
    }
    return healthy ? 0 : 1;
  }

  private int checkProbes(PrintWriter out) {
    if (probes == null || classPath == null) {
      throw new ParameterException(
          spec.commandLine(), "--probes and --class-path belong together: give both");
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(probes);
    } catch (IOException e) {
      throw Failure.badInput(
          "cannot read " + probes + ": check the path and that it is UTF-8 text", e);
    }
    ClassPath classes;
    try {
      classes = ClassPath.read(classPath);
    } catch (IOException e) {
      throw Failure.badInput(
          "cannot read the class path: " + e.getMessage() + " is no folder or jar", e);
    }
    if (classes.types().isEmpty()) {
      throw Failure.badInput("no classes in " + classPath + ": name folders and jars", null);
    }
    boolean all = new ProbesCheck(classes, out).check(probes.toString(), lines);
    for (String file : classes.unreadable()) {
      out.println("  note  not read: " + file);
    }
    if (!all) {
      out.println("Some lines will time nothing: see FAIL above.");
    }
    return all ? 0 : 1;
  }
}
