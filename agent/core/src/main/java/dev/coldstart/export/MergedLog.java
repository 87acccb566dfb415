package dev.coldstart.export;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The histogram logs of several processes added up by tag, as {@link HdrLog} writes them. A process
 * that never had a phase counts with 0 for each of its requests, as its requests would have in its
 * own log. Not thread-safe.
 */
public final class MergedLog {
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_TAGS = 4_096;
  private static final String REQUEST = "request:";
  private static final String TTFT = "ttft:";

  private final Map<String, Histogram> byTag = new TreeMap<>();
  private int logs;

  /**
   * One tag of the sum; nearest-rank percentiles in ns, with 3 significant digits.
   *
   * @param tag {@code phase:kind}, {@code request:kind} or {@code ttft:kind}
   */
  public record Row(
      String tag, long count, long p50Nanos, long p95Nanos, long p99Nanos, long maxNanos) {}

  /**
   * Adds a log as a whole, or nothing of it.
   *
   * @throws IllegalArgumentException with one line for people: no log of ours, or a damaged one
   */
  public void add(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException(
          "larger than " + (MAX_BYTES >> 20) + " MB: no log that Coldstart wrote");
    }
    byte[] bytes = Files.readAllBytes(file);
    checkHeader(bytes);
    List<Histogram> read = read(bytes);
    for (Histogram histogram : read) {
      Histogram sum = byTag.get(histogram.getTag());
      if (sum == null && byTag.size() == MAX_TAGS) {
        throw new IllegalArgumentException("more than " + MAX_TAGS + " different tags");
      }
      if (sum == null) {
        byTag.put(histogram.getTag(), histogram);
      } else {
        sum.add(histogram);
        sum.setStartTimeStamp(Math.min(sum.getStartTimeStamp(), histogram.getStartTimeStamp()));
        sum.setEndTimeStamp(Math.max(sum.getEndTimeStamp(), histogram.getEndTimeStamp()));
      }
    }
    logs++;
  }

  /** Logs added so far. */
  public int logs() {
    return logs;
  }

  /** One row per tag: requests, then times to the first token, then phases, each by kind. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Histogram h : padded()) {
      rows.add(
          new Row(
              h.getTag(),
              h.getTotalCount(),
              h.getValueAtPercentile(50),
              h.getValueAtPercentile(95),
              h.getValueAtPercentile(99),
              h.getMaxValue()));
    }
    return rows;
  }

  /** The sum as a log of the same form. */
  public byte[] encode() {
    List<Histogram> all = padded();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    HistogramLogWriter log = new HistogramLogWriter(bytes);
    long start = all.stream().mapToLong(AbstractHistogram::getStartTimeStamp).min().orElse(0);
    HdrLog.header(log, start);
    all.forEach(log::outputIntervalHistogram);
    log.close();
    return bytes.toByteArray();
  }

  private List<Histogram> padded() {
    List<Histogram> all = new ArrayList<>();
    byTag.forEach((tag, h) -> addIf(tag.startsWith(REQUEST), all, h));
    byTag.forEach((tag, h) -> addIf(tag.startsWith(TTFT), all, h));
    byTag.forEach((tag, h) -> addIf(!tag.startsWith(REQUEST) && !tag.startsWith(TTFT), all, h));
    for (Histogram histogram : all) {
      String tag = histogram.getTag();
      Histogram requests = byTag.get(REQUEST + tag.substring(tag.lastIndexOf(':') + 1));
      if (requests != null && !tag.startsWith(TTFT)) {
        long zeros = requests.getTotalCount() - histogram.getTotalCount();
        if (zeros > 0) {
          histogram.recordValueWithCount(0, zeros);
        }
      }
    }
    return all;
  }

  private static void addIf(boolean wanted, List<Histogram> all, Histogram histogram) {
    if (wanted) {
      all.add(histogram);
    }
  }

  private static void checkHeader(byte[] bytes) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1));
    String first = lines.readLine();
    if (first == null || !first.startsWith(HdrLog.COMMENT_START)) {
      throw new IllegalArgumentException("not a histogram log that Coldstart wrote");
    }
  }

  private static List<Histogram> read(byte[] bytes) {
    List<Histogram> all = new ArrayList<>();
    // The reader throws whatever its parsers happen to throw, and stops at a line it cannot use.
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(bytes))) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (!(next instanceof Histogram histogram) || histogram.getTag() == null) {
          throw new IllegalArgumentException("a line has no tag or no whole numbers");
        }
        histogram.setAutoResize(true);
        all.add(histogram);
      }
    } catch (NoSuchElementException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IllegalArgumentException("damaged histogram log: " + firstLine(e), e);
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("holds no histogram: the process saw no request");
    }
    return all;
  }

  private static String firstLine(RuntimeException e) {
    String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
