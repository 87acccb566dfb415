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

/** LangChain4j's models of other providers than OpenAI, and that on the SDK of one. */
class LangChain4jModelsIT {
  @TempDir private Path folder;

  @Test
  void timesEveryProvider() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start("langchain4j", "ProvidersApp", folder, model.root())) {
      Calls calls = new Calls(app, model);
      for (String provider : List.of("ollama", "mistral", "anthropic", "gemini", "bedrock")) {
        calls.whole("/" + provider + "/whole");
        calls.streamed("/" + provider + "/stream");
      }
      calls.play();
      calls.playTogether();
      RunReport report = calls.verify(0);
      assertThat(report.agent().libraries()).contains("langchain4j-models", "bedrock-runtime");
      told(report, "ollama", "ollama");
      told(report, "mistral", "mistral_ai");
      told(report, "anthropic", "anthropic");
      told(report, "bedrock", "aws.bedrock");
      for (RequestReport request : Calls.of(report, "/gemini/stream")) {
        assertThat(request.llm()).extracting(LlmCall::system).containsExactly("gcp.gemini");
      }
    }
  }

  private static void told(RunReport report, String provider, String system) {
    Calls.answers(report, system, List.of("/" + provider + "/whole"), false);
    Calls.answers(report, system, List.of("/" + provider + "/stream"), true);
  }
}
