package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a gRPC service over Netty and over the copy of Netty inside gRPC. */
class GrpcServerIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "grpc2"})
  void eachCallIsARequest(String set) {
    Deliveries deliveries = new Deliveries("grpc", "test.Agent/");
    deliveries.send("orders/throws", "stream/words", "later/plain", "later/throws");
    deliveries.together("parallel");
    deliveries.send("stream/endless", "orders/last");
    RunReport report = deliveries.play(set, "GrpcApp", folder);
    assertThat(report.agent().libraries()).contains("grpc-server");
    assertThat(report.startup().readySignal()).isEqualTo("gRPC server started");
    deliveries.joined("orders/plain", "orders/last", "later/plain");
    deliveries.seen("stream/words");
    deliveries.waitedFor("later/plain", "later/throws");
    // The client of the endless one gives up after a while.
    deliveries.failed("orders/throws", "later/throws", "stream/endless");
  }
}
