package dev.coldstart.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.FormatDoc;
import dev.coldstart.report.RecordSchema;
import dev.coldstart.report.Sample;
import dev.coldstart.report.Stale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped JSON Schema, the records and the documentation say the same. */
class SamplesSchemaTest {
  private final RecordSchema schema =
      new RecordSchema(Samples.class, "coldstart.samples-1.schema.json");

  private static Samples samples() {
    Samples.Visit visit = new Samples.Visit(200, 5_000_000, null, 9_000_000);
    return new Samples(
        Samples.SCHEMA,
        new Samples.Environment(
            "0.1.0", "Linux 6", "amd64", 2, "17.0.15", "java -jar a.jar", "url", null, 1),
        List.of(new Samples.Variant("default", List.of("-Xmx1g"), "option")),
        List.of(
            new Samples.Run(
                "default",
                1,
                "ok",
                null,
                2,
                3_000_000L,
                null,
                4_000_000L,
                visit,
                List.of(visit, visit),
                Condensed.of(Sample.report("warm"))),
            new Samples.Run(
                "default",
                2,
                "timeout",
                "not ready",
                2,
                null,
                1,
                null,
                null,
                List.of(),
                Condensed.of(Sample.report("no-request")))));
  }

  @Test
  void acceptsWhatIsWrittenAndItIsReadAgain() {
    String json = SamplesJson.write(samples());

    assertThat(schema.validate(json)).isEmpty();
    assertThat(SamplesJson.read(json)).isEqualTo(samples());
  }

  @Test
  void condensedPhasesStillAddUp() {
    Samples.Request cold = Condensed.of(Sample.report("cold")).cold();

    assertThat(cold.phases().stream().mapToLong(Samples.PhaseNanos::exclusiveNanos).sum())
        .isEqualTo(cold.wallNanos());
  }

  @Test
  void refusesBrokenSamples() {
    String good = SamplesJson.write(samples());
    for (String bad :
        List.of(
            good.replace("samples/1", "samples/2"),
            good.replace("\"ok\"", "\"fine\""),
            good.replace("\"ready_ns\": 3000000", "\"ready_ns\": -1"))) {
      assertThat(bad).isNotEqualTo(good);
      assertThat(schema.validate(bad)).isNotEmpty();
    }
  }

  @Test
  void hasExactlyThePropertiesOfTheModel() {
    schema.hasExactlyThePropertiesOf(Samples.class, SamplesJson::nullable);
  }

  @Test
  void describesAndRequiresEveryPropertyWithItsUnit() {
    schema.describesAndRequiresEveryProperty();
  }

  @Test
  void documentationIsGenerated() throws IOException {
    String opening =
        "# Samples format: `coldstart.samples/1`\n\n"
            + "<!-- Generated from coldstart.samples-1.schema.json by SamplesSchemaTest;"
            + " do not edit. -->\n\n"
            + "`measure` writes it, `compare` reads it. The JSON Schema is"
            + " `dev/coldstart/measure/coldstart.samples-1.schema.json` in the agent's jar.";
    Stale.check(
        Path.of("../docs/samples-format.md"),
        new FormatDoc(schema.root(), opening, "Samples").markdown());
  }
}
