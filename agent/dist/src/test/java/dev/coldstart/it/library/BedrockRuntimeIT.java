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

/** Every way to call a model with the Bedrock runtime SDK. */
class BedrockRuntimeIT {
  private static final List<String> WHOLE =
      List.of("/converse/whole", "/converse/async", "/invoke/whole", "/invoke/async");

  private static final List<String> STREAMED = List.of("/converse/stream", "/invoke/stream");
  private static final List<String> TOOLS = List.of("/converse/tool", "/converse/tool-stream");

  @TempDir private Path folder;

  @Test
  void version233() throws Exception {
    play("bedrock1");
  }

  @Test
  void version254() throws Exception {
    play("bedrock");
  }

  private void play(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "BedrockApp", folder, model.root())) {
      Calls calls = new Calls(app, model);
      calls.whole(WHOLE.toArray(new String[0]));
      calls.whole("/converse/tool");
      calls.streamed(STREAMED.toArray(new String[0]));
      calls.streamed("/converse/tool-stream");
      calls.play();
      calls.playTogether();
      app.http().get("/embed");
      app.http().get("/failing");
      app.http().get("/cancelled");
      model.takeLedger();
      Waits waits = new Waits(app, model);
      // How true it is needs no second version.
      int more = set.equals("bedrock") ? waits.play(List.of("/converse/whole"), STREAMED) : 0;
      RunReport report = calls.verify(3 + more);
      waits.verify(report);
      assertThat(report.agent().libraries()).contains("bedrock-runtime");
      Calls.answers(report, "aws.bedrock", WHOLE, false);
      Calls.answers(report, "aws.bedrock", STREAMED, true);
      Calls.toolCalls(report, "aws.bedrock", TOOLS);
      RequestReport embed = Calls.of(report, "/embed").get(0);
      assertThat(embed.llm()).isEmpty();
      assertThat(Calls.one(embed, "embedding call").phase()).isEqualTo("embedding");
      Calls.failures(report, "/failing", 3);
      cancelled(Calls.of(report, "/cancelled").get(0));
      assertThat(report.toString()).doesNotContain("s3cr3t");
    }
  }

  /** The SDK ended the call when its caller did, long before the answer was due. */
  private static void cancelled(RequestReport request) {
    assertThat(request.llm()).hasSize(1).allMatch(LlmCall::failed);
    assertThat(request.llm().get(0).durationNanos()).isLessThan(2_000_000_000L);
  }
}
