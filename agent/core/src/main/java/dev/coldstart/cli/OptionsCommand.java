package dev.coldstart.cli;

import dev.coldstart.agent.Option;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what the agent can be told. */
@Command(
    name = "options",
    customSynopsis = "java -jar coldstart-agent.jar options",
    header = "Lists the agent's options.",
    footer = {
      "",
      "Given as -javaagent:coldstart-agent.jar=key=value,key=value, as -Dcoldstart.key=value, in the",
      "environment as COLDSTART_KEY, or in the file that config= names; the first of these wins."
    })
final class OptionsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-13s %-9s %s%n", "option", "default", "meaning");
    for (Option option : Option.values()) {
      out.printf(
          "%-13s %-9s %s%n",
          option.key, option.byDefault.isEmpty() ? "-" : option.byDefault, option.help);
      out.printf("%-13s %-9s %s; %s%n", "", "", option.kind.allowed, option.environment());
    }
  }
}
