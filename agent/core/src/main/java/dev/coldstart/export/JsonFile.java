package dev.coldstart.export;

import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import java.nio.charset.StandardCharsets;

/** The report as {@code <service>-<pid>.json}, replaced as a whole at every change. */
public final class JsonFile implements Exporter {
  private final ReportDir dir;

  /** Writes nothing before the first report. */
  public JsonFile(ReportDir dir) {
    this.dir = dir;
  }

  @Override
  public void report(RunReport report) {
    if (!dir.unwritable()) {
      dir.write("json", ReportJson.write(report).getBytes(StandardCharsets.UTF_8));
    }
  }
}
