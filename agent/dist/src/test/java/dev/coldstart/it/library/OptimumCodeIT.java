package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimumCodeIT {
  private static final List<String> SCENES =
      List.of("/meta", "/register", "/load", "/load/alone", "/validate", "/validate");

  @TempDir private Path folder;

  @Test
  void timesLoadingCompilingAndValidating() throws Exception {
    RunReport report =
        SchemaPlay.play("optimumcode", "OptimumCodeApp", folder, "optimumcode", SCENES);
    RequestReport meta = Calls.of(report, "/meta").get(0);
    SchemaPlay.loadsClasses(Calls.one(meta, "schema: meta-schemas"));
    RequestReport register = Calls.of(report, "/register").get(0);
    assertThat(Calls.spans(register, "schema: load")).hasSize(1);
    for (String scene : List.of("/load", "/load/alone")) {
      RequestReport load = Calls.of(report, scene).get(0);
      assertThat(Calls.one(load, "schema: compile").parent())
          .isEqualTo(Calls.one(load, "schema: load").id());
    }
    SchemaPlay.validations(Calls.of(report, "/validate"));
  }
}
