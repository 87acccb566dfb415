package dev.coldstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The shipped JSON Schema, the records and the documentation say the same. */
class ReportSchemaTest {
  private final RecordSchema schema =
      new RecordSchema(RunReport.class, "coldstart.report-1.schema.json");

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void acceptsWhatIsWritten(String sample) {
    assertThat(schema.validate(ReportJson.write(Sample.report(sample)))).isEmpty();
  }

  @Test
  void refusesBrokenReports() {
    String good = Sample.json("cold");

    assertThat(schema.validate(good)).isEmpty();
    for (String bad :
        List.of(
            good.replace("report/1", "report/2"),
            good.replace("\"cold\"", "\"lukewarm\""),
            good.replace("\"unattributed_ns\"", "\"rest_ns\""),
            good.replace("\"cpus\": 2", "\"cpus\": null"),
            good.replace("\"tools\": 212", "\"tools\": {\"name\": \"content\"}"))) {
      assertThat(bad).isNotEqualTo(good);
      assertThat(schema.validate(bad)).isNotEmpty();
    }
  }

  @Test
  void hasExactlyThePropertiesOfTheModel() {
    schema.hasExactlyThePropertiesOf(RunReport.class, ReportShape::nullable);
  }

  @Test
  void describesAndRequiresEveryPropertyWithItsUnit() {
    schema.describesAndRequiresEveryProperty();
  }

  @Test
  void documentationIsGenerated() throws IOException {
    String opening =
        "# Report format: `coldstart.report/1`\n\n"
            + "<!-- Generated from coldstart.report-1.schema.json by ReportSchemaTest;"
            + " do not edit. -->\n\n"
            + "The agent writes `<service>-<pid>.json`. The JSON Schema is"
            + " `dev/coldstart/report/coldstart.report-1.schema.json` in the agent's jar.";
    Stale.check(
        Path.of("../docs/report-format.md"),
        new FormatDoc(schema.root(), opening, "Report").markdown());
  }
}
