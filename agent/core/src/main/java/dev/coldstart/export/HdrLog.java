package dev.coldstart.export;

import dev.coldstart.report.RunReport;
import java.io.ByteArrayOutputStream;
import org.HdrHistogram.Histogram;
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
    // One for all lines, and only while they are written: some 500 kB with what it is encoded in.
    Histogram line = new Histogram(NanosHistogram.DIGITS);
    stats.forEachKind((kind, histograms) -> kind(log, line, kind, histograms));
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

  private static void kind(
      HistogramLogWriter log, Histogram line, String kind, KindHistograms all) {
    line(log, line, "request:" + kind, all.wall(), all);
    line(log, line, "ttft:" + kind, all.ttft(), all);
    all.phases().forEach((phase, h) -> line(log, line, phase + ':' + kind, h, all));
  }

  private static void line(
      HistogramLogWriter log, Histogram line, String tag, NanosHistogram h, KindHistograms kind) {
    if (h.count() > 0) {
      line.reset();
      h.addTo(line);
      line.setTag(tag.replaceAll("[^A-Za-z0-9_.:-]", "_"));
      log.outputIntervalHistogram(
          kind.firstEpochNanos() / NANOS_PER_SECOND,
          kind.lastEpochNanos() / NANOS_PER_SECOND,
          line);
    }
  }
}
