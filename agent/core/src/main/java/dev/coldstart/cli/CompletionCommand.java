package dev.coldstart.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
    name = "completion",
    customSynopsis = "java -jar coldstart-agent.jar completion [--name=NAME]",
    header = "Prints a completion script for bash and zsh.",
    description = {
      "",
      "A shell completes names of commands, so the jar needs one, for example in ~/.bashrc:",
      "",
      "  alias coldstart='java -jar /path/to/coldstart-agent.jar'",
      "  source <(coldstart completion)",
      ""
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "coldstart",
      description = "The alias of the jar; default: coldstart.")
  private String name;

  @Override
  public void run() {
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,39}")) {
      throw Failure.badInput("--name is no command name: use letters, digits, - and _", null);
    }
    spec.commandLine().getOut().print(AutoComplete.bash(name, spec.root().commandLine()));
  }
}
