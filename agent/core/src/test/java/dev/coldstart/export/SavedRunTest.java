package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Sample;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SavedRunTest {
  private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(20);

  @AfterEach
  void forgetProperties() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("otel."));
  }

  @Test
  void sendsTheStartUpAndTheRequestsAsTraces() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      assertThat(send(receiver.endpoint())).isEmpty();

      assertThat(receiver.spans())
          .extracting(io.opentelemetry.proto.trace.v1.Span::getName)
          .contains("startup", "GET /chat", "mcp tools/list");
      assertThat(receiver.metrics()).isEmpty();
    }
  }

  @Test
  void saysWhatWentWrong() throws IOException {
    String refused;
    try (OtlpReceiver receiver = new OtlpReceiver(400)) {
      assertThat(send(receiver.endpoint())).singleElement().asString().contains("export failed");
      refused = receiver.endpoint();
    }
    assertThat(send(refused)).singleElement().asString().contains("export failed");
    System.setProperty("otel.sdk.disabled", "true");
    assertThat(send(refused)).singleElement().asString().contains("OTEL_SDK_DISABLED");
  }

  private static List<String> send(String endpoint) {
    return SavedRun.send(Sample.report("cold"), endpoint, "0", BUDGET_NANOS);
  }
}
