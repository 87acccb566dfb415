package dev.coldstart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.coldstart.phase.PhaseTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ReportJsonTest {
  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void roundTripKeepsEverything(String sample) {
    RunReport report = Sample.report(sample);

    String written = ReportJson.write(report);

    assertThat(ReportJson.read(written)).isEqualTo(report);
    assertThat(tree(written)).isEqualTo(tree(Sample.json(sample)));
  }

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void samplesAddUpToTheNanosecond(String sample) {
    for (RequestReport request : Sample.report(sample).requests()) {
      long phases = request.phases().stream().mapToLong(PhaseTime::exclusiveNanos).sum();
      assertThat(phases + request.unattributedNanos()).isEqualTo(request.wallNanos());
    }
  }

  @Test
  void unknownIsWrittenAsNull() {
    assertThat(ReportJson.write(Sample.report("blocking")))
        .contains("\"background_cpu_ns\": null", "\"input_tokens\": null", "\"warm\": null");
  }

  @Test
  void wholeNumbersInNotesStayWhole() {
    Span span = Sample.report("cold").requests().get(0).spans().get(0);

    assertThat(span.notes())
        .containsEntry("tools", 212L)
        .containsEntry("cached", false)
        .containsEntry("transport", "stdio");
  }

  @Test
  void skipsUnknownProperties() {
    String json = Sample.json("cold").replaceFirst("\\{", "{\"later\": {\"x\": [1]},");

    assertThat(ReportJson.read(json)).isEqualTo(Sample.report("cold"));
  }

  @Test
  void missingListIsEmpty() {
    String json =
        ReportJson.write(Sample.report("no-request")).replace("\"advice\": []", "\"a\": 1");

    assertThat(ReportJson.read(json).advice()).isEmpty();
  }

  @Test
  void missingNumberIsRefusedAndNotZero() {
    String json = Sample.json("cold").replace("\"unattributed_ns\"", "\"renamed_ns\"");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReportJson.read(json))
        .withMessageMatching("not a readable report: .*has no \"unattributed_ns\"");
  }

  @Test
  void refusesAnotherSchema() {
    String json = Sample.json("cold").replace("coldstart.report/1", "coldstart.report/2");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReportJson.read(json))
        .withMessage(
            "cannot read schema \"coldstart.report/2\", only \"coldstart.report/1\": use the"
                + " Coldstart version that wrote the file");
  }

  @Test
  void refusesWhatIsNoReport() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReportJson.read("[]"))
        .withMessageStartingWith("not a Coldstart report");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReportJson.read("{\"schema\": "))
        .withMessageStartingWith("not a readable report: ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private static JsonElement tree(String json) {
    return JsonParser.parseString(json);
  }
}
