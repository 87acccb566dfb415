package dev.coldstart.cli;

import dev.coldstart.report.MarkdownText;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.SummaryText;
import dev.coldstart.report.html.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders a saved report again, or two beside each other. */
@Command(
    name = "report",
    customSynopsis = "java -jar coldstart-agent.jar report [-o=FILE] RUN.json [OTHER.json]",
    header = "Shows a saved report as text, Markdown, JSON or a page for the browser.",
    description = {
      "",
      "Reads the JSON file the agent wrote. Without -o it prints the summary again: the first",
      "request beside the warm median where the report has one. -o run.html makes one page that",
      "holds everything and needs no network; -o run.md is for pull requests.",
      "",
      "With two reports, the page shows them side by side. Whether one is worse, `compare` tells.",
      "",
      "With --pod, scheduling, image pull, init containers, container start and readiness of the",
      "Kubernetes pod stand in front of and around the start of the process, in any format.",
      ""
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..2",
      paramLabel = "RUN.json",
      description = "Report of one process, or two to see side by side.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file instead of stdout; replaced if it exists.")
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default: by the extension of -o, else text.")
  private ReportFormat format;

  @ArgGroup(exclusive = false)
  private PodFiles pod;

  @Option(names = "--quiet", description = "Do not tell which file was written.")
  private boolean quiet;

  @Override
  public Integer call() {
    String text = render();
    if (output == null) {
      spec.commandLine().getOut().print(text);
      return 0;
    }
    try {
      for (Path file : files) {
        if (Files.exists(output) && Files.isSameFile(output, file)) {
          throw new Failure("-o names the report itself: name another file");
        }
      }
      Files.writeString(output, text);
    } catch (IOException e) {
      throw new Failure("cannot write " + output + ": name a file in a writable directory", e);
    }
    if (!quiet) {
      spec.commandLine().getErr().println("coldstart: wrote " + output);
    }
    return 0;
  }

  private String render() {
    ReportFormat chosen =
        format != null ? format : output == null ? ReportFormat.TEXT : ReportFormat.of(output);
    if (files.size() > 1 && chosen != ReportFormat.HTML) {
      throw new ParameterException(
          spec.commandLine(), "two reports side by side are a page: -o FILE.html or --format html");
    }
    if (files.size() > 1 && pod != null) {
      throw new ParameterException(spec.commandLine(), "--pod goes with one report");
    }
    List<HtmlReport.Named> reports = files.stream().map(this::read).toList();
    RunReport report = reports.get(0).report();
    return switch (chosen) {
      case TEXT -> SummaryText.warm(report, files.get(0).toString());
      case MARKDOWN -> MarkdownText.of(report);
      case JSON -> ReportJson.write(report);
      case HTML -> HtmlReport.of(reports);
    };
  }

  private HtmlReport.Named read(Path file) {
    RunReport report = InputFile.report(file);
    return new HtmlReport.Named(
        String.valueOf(file.getFileName()), pod == null ? report : pod.join(report));
  }
}
