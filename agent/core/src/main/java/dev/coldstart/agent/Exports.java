package dev.coldstart.agent;

import dev.coldstart.export.Exporter;
import dev.coldstart.export.Exporters;
import dev.coldstart.export.HdrLog;
import dev.coldstart.export.HtmlFile;
import dev.coldstart.export.JfrEvents;
import dev.coldstart.export.JfrReasons;
import dev.coldstart.export.JsonFile;
import dev.coldstart.export.OtlpSettings;
import dev.coldstart.export.ReportDir;
import dev.coldstart.export.WarmStats;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Which exporters this run has. */
final class Exports {
  private Exports() {}

  static Exporter of(
      Settings settings,
      String service,
      ReportDir dir,
      WarmStats stats,
      Consumer<String> warnings) {
    List<Exporter> exporters = new ArrayList<>();
    exporters.add(new JsonFile(dir));
    exporters.add(new HdrLog(dir, stats));
    if (settings.on(Option.HTML)) {
      exporters.add(new HtmlFile(dir));
    }
    if (usesJfr(settings)) {
      exporters.add(new JfrEvents());
    }
    exporters.add(
        OtlpSettings.exporter(
            settings.text(Option.OTEL),
            service,
            AgentVersion.get(),
            warnings,
            count -> AgentLog.line(unsent(count, dir))));
    return new Exporters(exporters, warnings);
  }

  private static String unsent(int count, ReportDir dir) {
    String line =
        "the OpenTelemetry collector did not get " + count + (count == 1 ? " trace" : " traces");
    return dir.unwritable()
        ? line
        : line + "; this sends them: java -jar coldstart-agent.jar export " + dir.file("json");
  }

  /** Null when JFR is not to be used. */
  static JfrReasons recording(Settings settings) {
    return usesJfr(settings) ? new JfrReasons() : null;
  }

  private static boolean usesJfr(Settings settings) {
    return !settings.text(Option.JFR).equals("off") && JfrEvents.available();
  }
}
