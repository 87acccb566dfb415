package dev.coldstart.it.library;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveritIT {
  private static final List<String> SCENES = List.of("/load", "/validate", "/validate");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"everit", "everit2"})
  void timesLoadingFetchingAndValidating(String set) throws Exception {
    RunReport report = SchemaPlay.play(set, "EveritApp", folder, "everit", SCENES);
    RequestReport load = Calls.of(report, "/load").get(0);
    SchemaPlay.loadsClasses(Calls.one(load, "schema: load"));
    SchemaPlay.fetches(load, "schema: fetch", "schema: load");
    SchemaPlay.validations(Calls.of(report, "/validate"));
  }
}
