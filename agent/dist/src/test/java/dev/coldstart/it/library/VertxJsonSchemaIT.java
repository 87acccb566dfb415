package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VertxJsonSchemaIT {
  private static final List<String> SCENES = List.of("/meta", "/load", "/validate", "/validate");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"vertx-json-schema", "vertx-json-schema2"})
  void timesLoadingCompilingAndValidating(String set) throws Exception {
    RunReport report =
        SchemaPlay.play(set, "VertxJsonSchemaApp", folder, "vertx-json-schema", SCENES);
    RequestReport meta = Calls.of(report, "/meta").get(0);
    SchemaPlay.loadsClasses(Calls.one(meta, "schema: meta-schemas"));
    RequestReport load = Calls.of(report, "/load").get(0);
    assertThat(Calls.spans(load, "schema: load")).isNotEmpty();
    assertThat(Calls.spans(load, "schema: compile")).hasSize(1);
    SchemaPlay.validations(Calls.of(report, "/validate"));
  }
}
