package dev.coldstart.export;

import dev.coldstart.report.RunReport;
import dev.coldstart.report.html.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The report as {@code <service>-<pid>.html}. Written when another request is kept in full, and at
 * the end; in between only percentiles move, which is not worth rendering a page for.
 */
public final class HtmlFile implements Exporter {
  private final ReportDir dir;
  private RunReport latest;
  private boolean pending;
  private int requestsWritten = -1;

  /** Writes nothing before the first report. */
  public HtmlFile(ReportDir dir) {
    this.dir = dir;
  }

  @Override
  public void report(RunReport report) {
    latest = report;
    pending = true;
    if (requestsWritten != report.requests().size()) {
      write();
    }
  }

  @Override
  public void close(long budgetNanos) {
    if (pending && budgetNanos > 0) {
      write();
    }
  }

  private void write() {
    if (dir.unwritable()) {
      return;
    }
    String name = String.valueOf(dir.file("json").getFileName());
    String page = HtmlReport.of(List.of(new HtmlReport.Named(name, latest)));
    dir.write("html", page.getBytes(StandardCharsets.UTF_8));
    pending = false;
    requestsWritten = latest.requests().size();
  }
}
