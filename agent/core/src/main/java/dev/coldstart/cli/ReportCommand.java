package dev.coldstart.cli;

import dev.coldstart.report.SummaryText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders a saved report again. */
@Command(
    name = "report",
    customSynopsis = "java -jar coldstart-agent.jar report [-o=FILE] RUN.json",
    header = "Shows a saved report as text.",
    description = {
      "",
      "Reads the JSON file the agent wrote and prints the summary again: the first request beside",
      "the warm median where the report has one.",
      ""
    },
    footer = {"", "Text is the only format so far; HTML and Markdown come with a later version."})
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN.json", description = "Report of one process.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file instead of stdout; replaced if it exists.")
  private Path output;

  @Override
  public Integer call() {
    String text = SummaryText.warm(InputFile.report(file), file.toString());
    if (output == null) {
      spec.commandLine().getOut().print(text);
      return 0;
    }
    try {
      if (Files.exists(output) && Files.isSameFile(output, file)) {
        throw new Failure("-o names the report itself: name another file");
      }
      Files.writeString(output, text);
    } catch (IOException e) {
      throw new Failure("cannot write " + output + ": name a file in a writable directory", e);
    }
    return 0;
  }
}
