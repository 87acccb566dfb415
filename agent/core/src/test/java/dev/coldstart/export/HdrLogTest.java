package dev.coldstart.export;

import static dev.coldstart.export.Requests.phase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdrLogTest {
  private static final long MS = 1_000_000;

  @TempDir Path temp;

  private final WarmStats stats = new WarmStats();

  @Test
  void isReadBackByTheReferenceReader() throws IOException {
    HdrLog log = new HdrLog(new ReportDir(temp, "s", 1, w -> {}), stats);
    log.report(Sample.report("no-request"));
    stats.record(Requests.of("cold", 31 * MS, 12 * MS, phase("tool_registry", 30_012 * MS)));
    stats.record(Requests.of("warm", null, 3 * MS));
    stats.record(Requests.of("warm", 20 * MS, 3 * MS, phase("llm_ttft", 20 * MS)));
    log.report(Sample.report("cold"));

    Map<String, Histogram> read = read(Files.readAllBytes(temp.resolve("s-1.hlog")));

    assertThat(read)
        .containsOnlyKeys(
            "request:cold",
            "ttft:cold",
            "unattributed:cold",
            "tool_registry:cold",
            "request:warm",
            "ttft:warm",
            "unattributed:warm",
            "llm_ttft:warm");
    Histogram registry = read.get("tool_registry:cold");
    assertThat(registry.getTotalCount()).isEqualTo(1);
    assertThat((double) registry.getMaxValue()).isCloseTo(30_012e6, within(30e6));
    assertThat(read.get("llm_ttft:warm").getTotalCount()).isEqualTo(2);
    assertThat(read.get("llm_ttft:warm").getMinValue()).isZero();
    assertThat(read.get("ttft:warm").getTotalCount()).isEqualTo(1);
    assertThat(Files.readString(temp.resolve("s-1.hlog")))
        .startsWith("#[Coldstart: values in ns")
        .contains("#[Histogram log format version 1.3]", "#[StartTime: ");
  }

  @Test
  void isReadByTheLibrarysOwnLogProcessor() throws Exception {
    HdrLog log = new HdrLog(new ReportDir(temp, "s", 1, w -> {}), stats);
    stats.record(Requests.of("cold", null, 0, phase("tool_registry", 30_000 * MS)));
    stats.record(Requests.of("cold", null, 0, phase("tool_registry", 600_000 * MS)));
    log.report(Sample.report("cold"));
    Path out = temp.resolve("out");
    HistogramLogProcessor processor =
        new HistogramLogProcessor(
            new String[] {
              "-i",
              temp.resolve("s-1.hlog").toString(),
              "-o",
              out.toString(),
              "-tag",
              "tool_registry:cold"
            });
    processor.start();
    processor.join();

    String percentiles = Files.readString(temp.resolve("out.hgrm"));
    Matcher summary =
        Pattern.compile("Max +=\\s+([0-9.]+), Total count +=\\s+2\\]").matcher(percentiles);
    assertThat(summary.find()).as(percentiles).isTrue();
    assertThat(Double.parseDouble(summary.group(1)))
        .as("ten minutes in ms, to 3 digits")
        .isCloseTo(600_000, within(600.0));
  }

  @Test
  void keepsTagsLegalAndValuesInRange() {
    stats.record(Requests.of("cold", null, -5, phase("my phase, with\nbreaks", 3_600_000 * MS)));

    Map<String, Histogram> read = read(new HdrLog(null, stats).encode());

    assertThat(read).containsKey("my_phase__with_breaks:cold");
    assertThat((double) read.get("my_phase__with_breaks:cold").getMaxValue())
        .isCloseTo(600e9, within(0.6e9));
    assertThat(read.get("unattributed:cold").getMaxValue()).isZero();
  }

  @Test
  void boundsTheNumberOfPhases() {
    for (int i = 0; i < 500; i++) {
      stats.record(Requests.of("warm", null, 1, phase("user" + i, MS), phase("again" + i, MS)));
    }

    assertThat(stats.snapshot().phases())
        .hasSizeLessThanOrEqualTo(66)
        .anySatisfy(p -> assertThat(p.phase()).isEqualTo("other"));
    assertThat(stats.snapshot().count()).isEqualTo(500);
  }

  @Test
  void warmPercentilesAreNearestRankAndCountMissingPhasesAsZero() {
    assertThat(stats.snapshot()).isNull();
    stats.record(Requests.of("cold", null, 90_000 * MS));
    assertThat(stats.snapshot()).isNull();

    IntStream.rangeClosed(1, 100)
        .forEach(
            i -> {
              PhaseTime[] phases =
                  i % 4 == 0 ? new PhaseTime[] {phase("tool_call", 8 * MS)} : new PhaseTime[0];
              stats.record(Requests.of("warm", i * MS, i * MS, phases));
            });

    var warm = stats.snapshot();
    assertThat(warm.count()).isEqualTo(100);
    assertMillis(warm.ttft().p50Nanos(), 50);
    assertMillis(warm.ttft().p95Nanos(), 95);
    assertMillis(warm.ttft().p99Nanos(), 99);
    assertMillis(warm.ttft().maxNanos(), 100);
    assertThat(warm.phases()).extracting("phase").containsExactly("unattributed", "tool_call");
    assertThat(warm.phases().get(1).p50Nanos()).isZero();
    assertMillis(warm.phases().get(1).p95Nanos(), 8);
  }

  @Test
  void timeToFirstTokenIsUnknownWhenNoRequestHadOne() {
    stats.record(Requests.of("warm", null, MS));

    assertThat(stats.snapshot().ttft()).isNull();
  }

  private static void assertMillis(long nanos, long millis) {
    assertThat((double) nanos).isCloseTo(millis * 1e6, within(millis * 1e3));
  }

  private static Map<String, Histogram> read(byte[] log) {
    Map<String, Histogram> histograms = new LinkedHashMap<>();
    HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log));
    while (reader.hasNext()) {
      Histogram histogram = (Histogram) reader.nextIntervalHistogram();
      histograms.put(histogram.getTag(), histogram);
    }
    return histograms;
  }
}
