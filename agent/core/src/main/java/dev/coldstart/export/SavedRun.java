package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A saved report sent as OpenTelemetry traces, with the true times of its run. */
public final class SavedRun {
  private static final int MAX_ATTEMPTS = 3;

  private SavedRun() {}

  /**
   * Sends the start-up and the requests kept in full over OTLP/HTTP. Metrics are not sent: a report
   * holds percentiles of the warm requests, not their values. Sets {@code otel.*} system properties
   * of this process, and reads the others from its environment.
   *
   * @param endpoint base address of the collector, null for that of the environment
   * @param version of the agent
   * @param budgetNanos how long it may take, ns
   * @return what went wrong, one line each; empty when the collector took everything
   */
  public static List<String> send(
      RunReport report, String endpoint, String version, long budgetNanos) {
    if (endpoint != null) {
      System.setProperty("otel.exporter.otlp.endpoint", endpoint);
      System.clearProperty("otel.exporter.otlp.traces.endpoint");
    }
    System.setProperty("otel.traces.exporter", "otlp");
    System.setProperty("otel.metrics.exporter", "none");
    OtlpSettings settings = OtlpSettings.ofProcess("on");
    if (!settings.wanted()) {
      List<String> problems = new ArrayList<>(settings.problems());
      return problems.isEmpty() ? List.of("OTEL_SDK_DISABLED is true: unset it") : problems;
    }
    List<String> problems = new CopyOnWriteArrayList<>();
    Otlp otlp =
        new Otlp(
            settings,
            report.service(),
            version,
            Map.of(),
            MAX_ATTEMPTS,
            problems::add,
            count -> {});
    for (RequestReport request : report.requests()) {
      otlp.request(request, true);
    }
    otlp.report(report);
    boolean sent = otlp.closeWithin(budgetNanos);
    if (!sent && problems.isEmpty()) {
      problems.add("the collector did not answer in time: is the endpoint its OTLP/HTTP port?");
    }
    return List.copyOf(problems);
  }
}
