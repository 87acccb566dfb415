package dev.coldstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.phase.PhaseTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class SummaryTextTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/coldstart/report");
  private static final String FILE = "/tmp/coldstart/travel-agent-4711.json";
  private static final String WAIT = "15790000000";

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void rendersTheSamples(String sample) throws IOException {
    RunReport report = Sample.report(sample);
    String text =
        report.warm() == null ? SummaryText.first(report, FILE) : SummaryText.warm(report, FILE);

    Stale.check(GOLDEN.resolve(sample + ".txt"), text);
    assertThat(text.lines()).allMatch(line -> line.length() <= 100 && line.matches("[ -~]*"));
  }

  @Test
  void printsNoRowsWhenNothingWasMeasured() {
    assertThat(SummaryText.first(Sample.report("nothing-woven"), FILE))
        .contains("no class was woven", "Likely reason:")
        .doesNotContain("share", "llm_ttft");
  }

  @Test
  void stripsWhatCouldForgeLinesOrSteerTheTerminal() {
    RunReport hostile =
        ReportJson.read(
            Sample.json("cold").replace("\"/chat\"", "\"/a\\u001b[2J\\n  total 0 ms\\u202e\""));

    assertThat(SummaryText.first(hostile, FILE)).contains("/a?[2J?  total 0 ms?");
  }

  @Test
  void foldsTheSmallestOfManyPhasesAndStillAddsUp() {
    RunReport cold = Sample.report("cold");
    List<PhaseTime> many = new ArrayList<>(cold.requests().get(0).phases());
    for (int i = 0; i < 40; i++) {
      many.add(new PhaseTime("user_phase_with_quite_a_long_name_" + i, 5, 5, 0, 1, false));
    }
    String json =
        ReportJson.write(cold)
            .replace("\"unattributed_ns\": 13971000017", "\"unattributed_ns\": 13970999817");
    RunReport report = withPhases(ReportJson.read(json), many);

    assertThat(SummaryText.first(report, null))
        .contains("30 smaller phases", "Report         not written")
        .doesNotContain("defect");
  }

  @Test
  void tellsTimeOfTheModelThatItsClientTook() {
    String waited = "\"wait_ns\": ";
    String cold = Sample.json("cold");
    assertThat(cold).containsOnlyOnce(waited + WAIT);
    assertThat(first(cold)).doesNotContain("went to its client");
    assertThat(first(cold.replace(waited + WAIT, waited + "800000000")))
        .containsIgnoringWhitespaces(
            "Of the model's time 15.0 s went to its client in this process, not to the model.");
    assertThat(first(cold.replace(waited + WAIT, waited + "null")))
        .doesNotContain("went to its client");
  }

  private static String first(String json) {
    return SummaryText.first(ReportJson.read(json), FILE);
  }

  @Test
  void tellsWhenItsOwnSumIsWrong() {
    RunReport report =
        ReportJson.read(
            Sample.json("cold")
                .replace("\"unattributed_ns\": 13971000017", "\"unattributed_ns\": 13971000018"));

    assertThat(SummaryText.first(report, FILE)).containsIgnoringWhitespaces("defect of Coldstart");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "999, <0.001 ms",
    "4120, 0.004 ms",
    "412345, 0.412 ms",
    "4123456, 4.12 ms",
    "41234567, 41.2 ms",
    "834499999, 834 ms",
    "999499999, 999 ms",
    "999500000, 1.00 s",
    "2914000000, 2.91 s",
    "90000000017, 90.0 s",
    "600000000000, 600 s",
    "-5000000, -5.00 ms",
  })
  void timesHaveThreeSignificantDigits(long nanos, String text) {
    assertThat(Human.time(nanos)).isEqualTo(text);
  }

  private static RunReport withPhases(RunReport run, List<PhaseTime> phases) {
    RequestReport changed = run.requests().get(0).withPhases(phases);
    return new RunReport(
        run.schema(),
        run.service(),
        run.jvm(),
        run.agent(),
        run.startup(),
        List.of(changed),
        run.others(),
        run.warm(),
        run.advice(),
        run.pod());
  }
}
