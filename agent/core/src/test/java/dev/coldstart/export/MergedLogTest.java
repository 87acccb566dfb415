package dev.coldstart.export;

import static dev.coldstart.export.Requests.phase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedLogTest {
  private static final long MS = 1_000_000;

  @TempDir private Path dir;

  private final MergedLog merged = new MergedLog();

  @Test
  void addsUpByTag() throws IOException {
    merged.add(pod(1, cold(100), warm(10), warm(12)));
    merged.add(pod(2, cold(300), warm(20)));

    assertThat(merged.logs()).isEqualTo(2);
    assertThat(merged.rows())
        .extracting(MergedLog.Row::tag)
        .containsExactly(
            "request:cold",
            "request:warm",
            "llm_ttft:warm",
            "tool_registry:cold",
            "unattributed:cold",
            "unattributed:warm");
    assertThat(row("request:cold").count()).isEqualTo(2);
    assertThat(row("request:warm").count()).isEqualTo(3);
    assertThat(row("tool_registry:cold").maxNanos()).isBetween(299 * MS, 301 * MS);
    assertThat(row("llm_ttft:warm").p50Nanos()).isBetween(11_900_000L, 12_100_000L);
  }

  @Test
  void aProcessWithoutThePhaseCountsWithZero() throws IOException {
    merged.add(pod(1, Requests.of("warm", null, 5 * MS)));
    merged.add(pod(2, warm(10)));

    assertThat(row("llm_ttft:warm").count()).isEqualTo(2);
    assertThat(row("llm_ttft:warm").p50Nanos()).isZero();
  }

  @Test
  void whatItWritesCanBeMergedAgain() throws IOException {
    merged.add(pod(1, cold(100), warm(10)));
    merged.add(pod(2, cold(300)));
    Path sum = Files.write(dir.resolve("sum.hlog"), merged.encode());

    MergedLog again = new MergedLog();
    again.add(sum);

    assertThat(again.rows()).isEqualTo(merged.rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "#[Histogram log format version 1.3]\n1,2,3,x\n", "\u0000"})
  void refusesWhatIsNoLogOfOurs(String content) throws IOException {
    Path file = Files.writeString(dir.resolve("other.hlog"), content);

    assertThatThrownBy(() -> merged.add(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a histogram log that Coldstart wrote");
  }

  @Test
  void aDamagedLogAddsNothing() throws IOException {
    Path good = pod(1, cold(100), warm(10));
    String text = Files.readString(good);
    List<String> damaged =
        List.of(
            text.substring(0, text.length() - 40),
            text.replaceAll("Tag=[^,]*,", ""),
            text.replaceAll("(Tag=request:warm,[^,]*),[^,]*,[^,]*,.*", "$1,0,0,AAAA"),
            text.lines()
                .filter(line -> !line.startsWith("Tag="))
                .reduce("", (a, b) -> a + b + '\n'));
    for (String content : damaged) {
      Path file = dir.resolve("damaged.hlog");
      Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> merged.add(file)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(merged.rows()).isEmpty();
  }

  private MergedLog.Row row(String tag) {
    return merged.rows().stream().filter(r -> r.tag().equals(tag)).findFirst().orElseThrow();
  }

  private Path pod(long pid, RequestReport... requests) {
    WarmStats stats = new WarmStats();
    Arrays.stream(requests).forEach(stats::record);
    ReportDir reports = new ReportDir(dir, "pod", pid, w -> {});
    new HdrLog(reports, stats).report(Sample.report("cold"));
    return reports.file("hlog");
  }

  private static RequestReport cold(long registryMillis) {
    return Requests.of("cold", null, MS, phase("tool_registry", registryMillis * MS));
  }

  private static RequestReport warm(long ttftMillis) {
    return Requests.of("warm", null, MS, phase("llm_ttft", ttftMillis * MS));
  }
}
