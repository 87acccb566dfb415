package dev.coldstart.export;

import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Called by name through a class loader of its own: see {@link IsolatedOtlpTest}. */
public final class IsolatedRun {
  /**
   * Exports a report.
   *
   * @return the warnings
   */
  public static List<String> run(String endpoint, String json) {
    RunReport report = ReportJson.read(json);
    List<String> warnings = new ArrayList<>();
    Map<String, String> values = Map.of("otel.exporter.otlp.endpoint", endpoint);
    Otlp otlp =
        new Otlp(OtlpSettings.of("auto", values), "s", "0", values, 1, warnings::add, n -> {});
    report.requests().forEach(request -> otlp.request(request, true));
    otlp.report(report);
    otlp.closeWithin(10_000_000_000L);
    return warnings;
  }

  private IsolatedRun() {}
}
