package dev.coldstart.cli;

import dev.coldstart.agent.AgentVersion;
import dev.coldstart.export.SavedRun;
import dev.coldstart.report.Human;
import dev.coldstart.report.RunReport;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a saved report to an OpenTelemetry collector. */
@Command(
    name = "export",
    customSynopsis = "java -jar coldstart-agent.jar export [--endpoint=URL] RUN.json...",
    header = "Sends saved reports to an OpenTelemetry collector.",
    description = {
      "",
      "Sends the start-up and the requests kept in full as traces with their true times, over OTLP",
      "(HTTP, or gRPC with OTEL_EXPORTER_OTLP_PROTOCOL=grpc): for runs that had no collector, or lost it.",
      "The standard OTEL_* variables apply (headers,",
      "certificates, timeout). The ids are those of the live export: sending a report again does not",
      "double anything in a backend that knows spans by their ids.",
      ""
    })
final class ExportCommand implements Callable<Integer> {
  private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(30);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN.json", arity = "1..*", description = "Reports of processes.")
  private List<Path> files;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "The collector, for example http://127.0.0.1:4318; default:"
              + " OTEL_EXPORTER_OTLP_ENDPOINT.")
  private String endpoint;

  @Option(names = "--quiet", description = "Print nothing unless something fails.")
  private boolean quiet;

  @Override
  public Integer call() {
    checkEndpoint();
    List<RunReport> reports = files.stream().map(InputFile::report).toList();
    for (int i = 0; i < reports.size(); i++) {
      RunReport report = reports.get(i);
      List<String> problems = SavedRun.send(report, endpoint, AgentVersion.get(), BUDGET_NANOS);
      if (!problems.isEmpty()) {
        throw new Failure(files.get(i) + ": " + problems.get(0));
      }
      if (!quiet) {
        String sent = Human.count(report.requests().size(), "request") + " and the start-up";
        spec.commandLine().getOut().println(files.get(i) + ": " + sent + " sent");
      }
    }
    return 0;
  }

  private void checkEndpoint() {
    if (endpoint == null) {
      return;
    }
    try {
      URI uri = URI.create(endpoint);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Told below, like every other address that cannot be used.
    }
    throw new ParameterException(
        spec.commandLine(),
        "--endpoint " + endpoint + " is no http(s) address: give http://HOST:4318");
  }
}
