package dev.coldstart.cli;

import dev.coldstart.agent.AgentVersion;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line of the agent's jar. Exit codes: 0 pass, 1 failure, 2 usage, 3 regression, 4
 * inconclusive. Every error is one line on stderr, and with --debug its stack trace.
 */
@Command(
    name = "coldstart-agent.jar",
    customSynopsis = "java -jar coldstart-agent.jar COMMAND",
    header = "Shows where the first request of an LLM-agent service spent its time.",
    description = {
      "",
      "To watch a service, add the jar to it:  java -javaagent:coldstart-agent.jar -jar service.jar",
      "The commands below work on what it wrote, and on the jar itself.",
      ""
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Main.Version.class,
    subcommands = {
      MeasureCommand.class,
      CompareCommand.class,
      PowerCommand.class,
      ReportCommand.class,
      MergeCommand.class,
      ExportCommand.class,
      AttachCommand.class,
      PrepareCommand.class,
      ProbesCommand.class,
      OptionsCommand.class,
      CompletionCommand.class,
      DoctorCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:pass", "1:failure", "2:usage, or a file that cannot be used"})
public final class Main implements Consumer<String[]>, Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean debug;

  /** Runs a command and ends the process unless it passed. */
  @Override
  public void accept(String[] args) {
    int code = run(writer(System.out), writer(System.err), args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /** Runs a command. Returns the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine line = line(main);
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(Main::usage);
    line.setExecutionExceptionHandler((e, command, parsed) -> main.failure(e, command));
    int code = line.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  /** The command line without anything to print to. */
  static CommandLine line(Main main) {
    return new CommandLine(main).setUsageHelpWidth(100).setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("coldstart: " + oneLine(e.getMessage()));
    String name = command.getParent() == null ? "" : command.getCommandName() + " ";
    err.println("coldstart: for help: java -jar coldstart-agent.jar " + name + "--help");
    return CommandLine.ExitCode.USAGE;
  }

  private int failure(Exception e, CommandLine command) {
    String text =
        e instanceof Failure
            ? e.getMessage()
            : command.getCommandName() + " failed: " + e + where(e) + "; please report this";
    command.getErr().println("coldstart: " + oneLine(text));
    if (debug) {
      e.printStackTrace(command.getErr());
    }
    return e instanceof Failure failure ? failure.exitCode() : CommandLine.ExitCode.SOFTWARE;
  }

  private static String where(Exception e) {
    StackTraceElement[] stack = e.getStackTrace();
    return stack.length == 0 ? "" : " at " + stack[0];
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  /** Arguments are echoed in messages: control characters could forge lines. */
  static String oneLine(String message) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      line.append(Character.isISOControl(c) ? '?' : c);
    }
    return line.toString();
  }

  /** For {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "coldstart " + AgentVersion.get() + " (Java " + System.getProperty("java.version") + ")"
      };
    }
  }
}
