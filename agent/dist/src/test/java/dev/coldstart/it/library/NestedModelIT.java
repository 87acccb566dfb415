package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A framework over an SDK over a transport, each of which we watch: one model call, whose TTFT is
 * that of the deepest.
 */
class NestedModelIT {
  private static final List<String> REPEATED = List.of("/repeated", "/repeated-stream");

  @TempDir private Path folder;

  @Test
  void langChain4jOverOpenAiJava() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start("langchain4j-official", "NestedApp", folder, model.url())) {
      Calls calls = new Calls(app, model);
      calls.whole("/whole");
      calls.streamed("/stream");
      calls.play();
      calls.playTogether();
      for (String path : REPEATED) {
        assertThat(app.http().get(path).status()).as(path + "\n" + app.err()).contains("200");
      }
      app.http().get("/failing");
      model.takeLedger();
      Waits waits = new Waits(app, model);
      int more = waits.play(List.of("/whole"), List.of("/stream"));
      RunReport report = calls.verify(REPEATED.size() + 1 + more);
      assertThat(report.agent().libraries())
          .contains("langchain4j-models", "openai-java", "okhttp");
      waits.verify(report);
      Calls.answers(report, List.of("/whole"), false);
      Calls.answers(report, List.of("/stream"), true);
      Calls.repeated(report, REPEATED);
      Calls.failures(report, "/failing", 1);
    }
  }
}
