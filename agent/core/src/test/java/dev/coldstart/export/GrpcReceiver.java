package dev.coldstart.export;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;

/** A stand-in for a collector over gRPC on 127.0.0.1, decoding with OpenTelemetry's own classes. */
final class GrpcReceiver extends Receiver {
  /** Never answers. */
  static final int HANG = -1;

  /** A proxy's answer where no collector is: an HTTP status, and no status of gRPC. */
  static final int HTTP_503 = -503;

  static final int OK = 0;
  static final int INVALID_ARGUMENT = 3;
  static final int UNAVAILABLE = 14;

  private static final int FRAME_HEADER = 5;

  private final MockWebServer server = new MockWebServer();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param tls null for HTTP/2 without TLS
   * @param statuses to answer with, one after the other and then the last one
   */
  GrpcReceiver(InetSocketAddress address, SSLSocketFactory tls, int... statuses)
      throws IOException {
    super(OK, statuses);
    if (tls == null) {
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    } else {
      server.useHttps(tls);
    }
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            return answer(request);
          }
        });
    server.start(address.getAddress(), address.getPort());
  }

  GrpcReceiver(int... statuses) throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, statuses);
  }

  @Override
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  @Override
  public void close() {
    closed.countDown();
    server.close();
  }

  private MockResponse answer(RecordedRequest request) throws InterruptedException {
    int status;
    try {
      status = called(() -> decode(request.getBody().toByteArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    if (status == HANG) {
      closed.await();
    }
    if (status == HTTP_503) {
      return new MockResponse.Builder().code(503).build();
    }
    return new MockResponse.Builder()
        .setHeader("Content-Type", "application/grpc")
        .body(new Buffer().write(new byte[FRAME_HEADER]))
        .trailers(Headers.of("grpc-status", String.valueOf(Math.max(status, OK))))
        .build();
  }

  private void decode(byte[] frame) throws IOException {
    try (InputStream message =
        new ByteArrayInputStream(frame, FRAME_HEADER, frame.length - FRAME_HEADER)) {
      ExportTraceServiceRequest.parseFrom(frame[0] == 1 ? new GZIPInputStream(message) : message)
          .getResourceSpansList()
          .forEach(r -> r.getScopeSpansList().forEach(s -> took(s.getSpansList())));
    }
  }
}
