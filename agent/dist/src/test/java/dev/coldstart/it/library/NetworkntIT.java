package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JSON schema that refers to one on a slow server: fetched when loaded, or at its first use. */
class NetworkntIT {
  private static final List<String> SCENES =
      List.of("/load", "/validate", "/validate", "/load/lazy", "/validate", "/validate");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"networknt1", "networknt2", "networknt3"})
  void timesLoadingFetchingAndValidating(String set) throws Exception {
    RunReport report = SchemaPlay.play(set, "NetworkntApp", folder, "networknt", SCENES);
    RequestReport load = Calls.of(report, "/load").get(0);
    SchemaPlay.loadsClasses(Calls.one(load, "schema: meta-schemas"));
    SchemaPlay.loadsClasses(Calls.one(load, "schema: load"));
    assertThat(Calls.one(load, "schema: compile").parent())
        .isEqualTo(Calls.one(load, "schema: load").id());
    SchemaPlay.fetches(load, "schema: fetch", "schema: document");
    SchemaPlay.fetches(load, "schema: fetch", "schema: load");
    RequestReport lazy = Calls.of(report, "/load/lazy").get(0);
    assertThat(Calls.spans(lazy, "schema: load")).hasSize(1);
    assertThat(Calls.spans(lazy, "schema: fetch")).isEmpty();
    assertThat(Calls.spans(lazy, "schema: compile")).isEmpty();
    List<RequestReport> validations = Calls.of(report, "/validate");
    SchemaPlay.validations(validations.subList(0, 2));
    SchemaPlay.validations(validations.subList(2, 4));
    SchemaPlay.fetches(validations.get(2), "schema: fetch", "schema: first validate");
    for (int i : new int[] {0, 1, 3}) {
      assertThat(Calls.spans(validations.get(i), "schema: document")).isEmpty();
    }
  }
}
