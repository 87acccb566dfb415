package dev.coldstart.it;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;

/**
 * A stand-in for a collector over gRPC: HTTP/2 without TLS; decodes with OpenTelemetry's classes.
 */
public final class GrpcCollector implements AutoCloseable {
  private static final int FRAME_HEADER = 5;

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final MockWebServer server = new MockWebServer();

  /** Listens on a free port. */
  public GrpcCollector() throws IOException {
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  /** What {@code otel.exporter.otlp.endpoint} is to be. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** What it has got so far. */
  public List<Span> spans() {
    return spans;
  }

  List<String> paths() {
    return paths;
  }

  @Override
  public void close() {
    server.close();
  }

  private MockResponse answer(RecordedRequest request) {
    paths.add(request.getTarget());
    byte[] frame = request.getBody().toByteArray();
    try (InputStream message =
        new ByteArrayInputStream(frame, FRAME_HEADER, frame.length - FRAME_HEADER)) {
      InputStream plain = frame[0] == 1 ? new GZIPInputStream(message) : message;
      ExportTraceServiceRequest.parseFrom(plain)
          .getResourceSpansList()
          .forEach(r -> r.getScopeSpansList().forEach(s -> spans.addAll(s.getSpansList())));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new MockResponse.Builder()
        .setHeader("Content-Type", "application/grpc")
        .body(new Buffer().write(new byte[FRAME_HEADER]))
        .trailers(Headers.of("grpc-status", "0"))
        .build();
  }
}
