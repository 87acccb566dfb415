package dev.coldstart.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves that the agent works on this machine. */
@Command(
    name = "doctor",
    customSynopsis = "java -jar coldstart-agent.jar doctor [--java=FILE]",
    header = "Proves that the agent works here.",
    description = {
      "",
      "Starts a small Java program with the agent and checks that the one call it makes is in the",
      "report. Takes about two seconds; nothing outside a temporary directory is written.",
      ""
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--java",
      paramLabel = "FILE",
      description = "The java command to check; default: the one running this.")
  private Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean healthy = new Doctor(out, java).examine(AgentJar.path());
    if (!healthy) {
      out.println("The agent does not work here: see FAIL above.");
    }
    return healthy ? 0 : 1;
  }
}
