package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaJsonToolsIT {
  @TempDir private Path folder;

  @Test
  void timesLoadingFetchingAndValidating() throws Exception {
    List<String> scenes =
        List.of("/load", "/validate", "/validate", "/validate/at-once", "/validate/at-once");
    RunReport report =
        SchemaPlay.play("java-json-tools", "JavaJsonToolsApp", folder, "java-json-tools", scenes);
    RequestReport load = Calls.of(report, "/load").get(0);
    SchemaPlay.loadsClasses(Calls.one(load, "schema: meta-schemas"));
    SchemaPlay.loadsClasses(Calls.one(load, "schema: make"));
    assertThat(Calls.spans(load, "schema: load")).hasSize(1);
    assertThat(Calls.spans(load, "schema: fetch")).isEmpty();
    List<RequestReport> validations = Calls.of(report, "/validate");
    SchemaPlay.validations(validations);
    SchemaPlay.loadsClasses(Calls.one(validations.get(0), "schema: first validate"));
    SchemaPlay.fetches(validations.get(0), "schema: fetch", "schema: document");
    SchemaPlay.fetches(validations.get(0), "schema: fetch", "schema: first validate");
    assertThat(Calls.spans(validations.get(1), "schema: document")).isEmpty();
    SchemaPlay.validations(Calls.of(report, "/validate/at-once"));
  }
}
