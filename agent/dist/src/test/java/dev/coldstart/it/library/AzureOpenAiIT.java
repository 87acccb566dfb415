package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to call a model with Azure's client for OpenAI. */
class AzureOpenAiIT {
  private static final String SYSTEM = "azure.ai.openai";
  private static final List<String> WHOLE = List.of("/whole", "/async", "/response");
  private static final List<String> STREAMED = List.of("/stream", "/async-stream", "/iterated");

  @TempDir private Path folder;

  @Test
  void timesEveryWayToCallAModel() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start("azure-openai", "AzureOpenAiApp", folder, model.root())) {
      Calls calls = new Calls(app, model);
      calls.whole(WHOLE.toArray(new String[0]));
      calls.streamed(STREAMED.toArray(new String[0]));
      calls.whole("/tool");
      calls.streamed("/tool-stream");
      calls.play();
      calls.playTogether();
      app.http().get("/failing");
      assertThat(app.http().get("/embed").status()).contains("200");
      assertThat(app.http().get("/repeated").status()).contains("200");
      model.takeLedger();
      Waits waits = new Waits(app, model);
      int more = waits.play(List.of("/whole", "/async"), List.of("/stream", "/async-stream"));
      RunReport report = calls.verify(3 + more);
      assertThat(report.agent().libraries()).contains("azure-ai-openai");
      waits.verify(report);
      Calls.answers(report, SYSTEM, WHOLE, false);
      Calls.answers(report, SYSTEM, STREAMED, true);
      Calls.toolCalls(report, SYSTEM, List.of("/tool", "/tool-stream"));
      Calls.failures(report, "/failing", 3);
      List<RequestReport> whole = Calls.of(report, "/whole");
      assertThat(whole.get(0).llm().get(0).promptCache()).isEqualTo("miss");
      assertThat(whole.get(1).llm().get(0).promptCache()).isEqualTo("hit");
      RequestReport embed = Calls.of(report, "/embed").get(0);
      assertThat(Calls.spans(embed, "embedding call")).hasSize(1);
      List<LlmCall> repeated = Calls.of(report, "/repeated").get(0).llm();
      assertThat(repeated).hasSize(1);
      assertThat(repeated.get(0).failed()).isFalse();
      assertThat(repeated.get(0).attempts()).as("not watched").isNull();
    }
  }
}
