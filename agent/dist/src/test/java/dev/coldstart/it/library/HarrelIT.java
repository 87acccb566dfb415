package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarrelIT {
  @TempDir private Path folder;

  @Test
  void timesLoadingResolvingAndValidating() throws Exception {
    List<String> scenes = List.of("/load", "/validate", "/validate");
    RunReport report = SchemaPlay.play("harrel", "HarrelApp", folder, "harrel", scenes);
    RequestReport load = Calls.of(report, "/load").get(0);
    SchemaPlay.loadsClasses(Calls.one(load, "schema: make"));
    SchemaPlay.loadsClasses(Calls.one(load, "schema: load"));
    assertThat(Calls.spans(load, "schema: meta-schemas")).isNotEmpty();
    assertThat(Calls.spans(load, "schema: compile")).isNotEmpty();
    List<RequestReport> validations = Calls.of(report, "/validate");
    SchemaPlay.validations(validations);
    SchemaPlay.fetches(validations.get(0), "schema: document", "schema: first validate");
    assertThat(Calls.spans(validations.get(1), "schema: document")).isEmpty();
  }
}
