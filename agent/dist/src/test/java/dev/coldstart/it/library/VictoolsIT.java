package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VictoolsIT {
  private static final List<String> SCENES = List.of("/make", "/generate", "/generate", "/several");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"victools", "victools2"})
  void timesMakingAndGenerating(String set) throws Exception {
    RunReport report = SchemaPlay.play(set, "VictoolsApp", folder, "victools", SCENES);
    RequestReport make = Calls.of(report, "/make").get(0);
    assertThat(Calls.spans(make, "schema: make")).hasSize(2);
    SchemaPlay.loadsClasses(Calls.spans(make, "schema: make").get(0));
    List<RequestReport> generations = Calls.of(report, "/generate");
    SchemaPlay.loadsClasses(Calls.one(generations.get(0), "schema: generate"));
    assertThat(Calls.spans(generations.get(1), "schema: generate")).hasSize(1);
    RequestReport several = Calls.of(report, "/several").get(0);
    assertThat(Calls.spans(several, "schema: generate")).hasSize(2);
  }
}
