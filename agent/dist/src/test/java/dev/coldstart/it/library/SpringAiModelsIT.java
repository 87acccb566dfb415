package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring AI's models of each provider through its ChatClient: whole, streamed, with a tool. */
class SpringAiModelsIT {
  private static final Map<String, String> SYSTEMS =
      Map.of(
          "openai", "openai",
          "mistral", "mistral_ai",
          "anthropic", "anthropic",
          "ollama", "ollama");

  @TempDir private Path folder;

  @Test
  void ownClientsOf10() throws Exception {
    play("spring-ai1", "openai", "ollama");
  }

  @Test
  void ownClientsOf11() throws Exception {
    play("spring-ai", "openai", "mistral", "anthropic", "ollama");
  }

  @Test
  void sdksAndOwnClientsOf20() throws Exception {
    play("spring-ai2", "openai", "anthropic", "ollama");
  }

  private void play(String set, String... providers) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = start(set, model, providers)) {
      Calls calls = new Calls(app, model);
      for (String provider : providers) {
        calls.whole("/" + provider + "/whole", "/" + provider + "/tool");
        calls.streamed("/" + provider + "/stream", "/" + provider + "/tool-stream");
      }
      calls.play();
      calls.playTogether();
      app.http().get("/failing");
      model.takeLedger();
      Waits waits = new Waits(app, model);
      // How true it is needs the newest of each line only.
      int more =
          set.endsWith("1")
              ? 0
              : waits.play(paths("/whole", providers), paths("/stream", providers));
      RunReport report = calls.verify(1 + more);
      waits.verify(report);
      Calls.connect(report);
      // Over Reactor Netty a stream that is not read to its very end costs the connection.
      if (!set.endsWith("1")) {
        calls.findConnections(report);
      }
      assertThat(report.agent().libraries()).contains("spring-ai-models");
      for (String provider : providers) {
        String system = SYSTEMS.get(provider);
        Calls.answers(report, system, List.of("/" + provider + "/whole"), false);
        Calls.answers(report, system, List.of("/" + provider + "/stream"), true);
        Calls.toolRounds(report, system, List.of("/" + provider + "/tool"), false);
        Calls.toolRounds(report, system, List.of("/" + provider + "/tool-stream"), true);
      }
      Calls.failures(report, "/failing", 2);
    }
  }

  private static List<String> paths(String scene, String... providers) {
    return Stream.of(providers).map(provider -> "/" + provider + scene).toList();
  }

  private ForkedApp start(String set, ModelServer model, String... providers) {
    String[] arguments =
        Stream.concat(Stream.of(model.root()), Stream.of(providers)).toArray(String[]::new);
    return Libs.start(set, "SpringAiApp", folder, arguments);
  }
}
