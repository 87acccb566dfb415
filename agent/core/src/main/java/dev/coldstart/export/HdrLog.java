package dev.coldstart.export;

import dev.coldstart.report.RunReport;
import java.io.ByteArrayOutputStream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * {@code <service>-<pid>.hlog}: HdrHistogram log 1.3 with one line per tag over the whole run, tags
 * {@code phase:kind}, {@code request:kind} and {@code ttft:kind}.
 *
 * <p>The file is replaced as a whole instead of appended to: a line torn by a kill -9 makes readers
 * refuse a log, while a rename leaves the previous, complete file; the lines are cumulative, so
 * nothing but the requests since the last report is lost; and the size does not grow with time.
 */
public final class HdrLog implements Exporter {
  /** What the first line of every log of ours begins with. */
  static final String COMMENT_START = "#[Coldstart: values in ns";

  private static final double NANOS_PER_SECOND = 1e9;

  private final ReportDir dir;
  private final WarmStats stats;

  /**
   * @param stats to be fed by the caller, before the report that should show it
   */
  public HdrLog(ReportDir dir, WarmStats stats) {
    this.dir = dir;
    this.stats = stats;
  }

  @Override
  public void report(RunReport report) {
    if (!dir.unwritable()) {
      dir.write("hlog", encode());
    }
  }

  @Override
  public void close(long budgetNanos) {
    if (!dir.unwritable()) {
      dir.write("hlog", encode());
    }
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    HistogramLogWriter log = new HistogramLogWriter(bytes);
    long[] start = {Long.MAX_VALUE};
    stats.forEachKind((kind, h) -> start[0] = Math.min(start[0], h.firstEpochNanos()));
    header(log, start[0] == Long.MAX_VALUE ? 0 : start[0] / 1_000_000);
    stats.forEachKind((kind, histograms) -> kind(log, kind, histograms));
    log.close();
    return bytes.toByteArray();
  }

  /**
   * @param startMillis ms since 1970, 0 when there is nothing in the log
   */
  static void header(HistogramLogWriter log, long startMillis) {
    log.outputComment(
        COMMENT_START.substring(1)
            + " up to 10 min, 3 digits; tags phase:kind, request:kind, ttft:kind;"
            + " one line per tag over the whole run; Interval_Max in ms]");
    log.outputLogFormatVersion();
    if (startMillis != 0) {
      log.outputStartTime(startMillis);
    }
    log.outputLegend();
  }

  private static void kind(HistogramLogWriter log, String kind, KindHistograms histograms) {
    line(log, "request:" + kind, histograms.wall(), histograms);
    line(log, "ttft:" + kind, histograms.ttft(), histograms);
    histograms.phases().forEach((phase, h) -> line(log, phase + ':' + kind, h, histograms));
  }

  private static void line(
      HistogramLogWriter log, String tag, AbstractHistogram histogram, KindHistograms kind) {
    if (histogram.getTotalCount() > 0) {
      // What is encoded keeps its buffers, some 200 kB each: a copy takes them with it.
      AbstractHistogram written = histogram.copy();
      written.setTag(tag.replaceAll("[^A-Za-z0-9_.:-]", "_"));
      log.outputIntervalHistogram(
          kind.firstEpochNanos() / NANOS_PER_SECOND,
          kind.lastEpochNanos() / NANOS_PER_SECOND,
          written);
    }
  }
}
