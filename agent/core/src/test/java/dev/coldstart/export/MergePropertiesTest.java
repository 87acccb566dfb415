package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Merging the logs of pods gives what one process with all of their requests would have written.
 */
class MergePropertiesTest {
  private static final long HIGHEST = NanosHistogram.HIGHEST_NANOS;

  @Property(tries = 40)
  void mergedPodsAreOneProcess(@ForAll("pods") List<List<RequestReport>> pods) throws IOException {
    Path dir = Files.createTempDirectory("coldstart-merge");
    WarmStats together = new WarmStats();
    MergedLog merged = new MergedLog();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < pods.size(); i++) {
      WarmStats own = new WarmStats();
      pods.get(i).forEach(own::record);
      pods.get(i).forEach(together::record);
      ReportDir reports = new ReportDir(dir, "pod", i, line -> {});
      new HdrLog(reports, own).report(Sample.report("cold"));
      files.add(reports.file("hlog"));
      merged.add(reports.file("hlog"));
    }
    assertThat(counts(merged.encode())).isEqualTo(counts(new HdrLog(null, together).encode()));
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(dir);
  }

  /** Values from nothing to ten minutes and beyond, in any kind, with and without the phases. */
  @Provide
  Arbitrary<List<List<RequestReport>>> pods() {
    Arbitrary<Long> nanos = Arbitraries.longs().between(0, HIGHEST + HIGHEST / 4);
    Arbitrary<PhaseTime> phase =
        Combinators.combine(Arbitraries.of("tool_registry", "llm_ttft", "mine"), nanos)
            .as(Requests::phase);
    Arbitrary<RequestReport> request =
        Combinators.combine(
                Arbitraries.of("cold", "waited", "recold", "warm"),
                nanos.injectNull(0.3),
                nanos,
                phase.list().ofMaxSize(2).uniqueElements(PhaseTime::phase))
            .as(
                (kind, ttft, rest, phases) ->
                    Requests.of(kind, ttft, rest, phases.toArray(PhaseTime[]::new)));
    return request.list().ofMinSize(1).ofMaxSize(12).list().ofMinSize(1).ofMaxSize(4);
  }

  /** Counts by value, by tag: two histograms with the same ones are the same. */
  private static Map<String, Map<Long, Long>> counts(byte[] log) {
    Map<String, Map<Long, Long>> byTag = new TreeMap<>();
    HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log));
    while (reader.hasNext()) {
      Histogram histogram = (Histogram) reader.nextIntervalHistogram();
      Map<Long, Long> counts = new TreeMap<>();
      histogram
          .recordedValues()
          .forEach(v -> counts.put(v.getValueIteratedTo(), v.getCountAtValueIteratedTo()));
      byTag.put(histogram.getTag(), counts);
    }
    return byTag;
  }
}
