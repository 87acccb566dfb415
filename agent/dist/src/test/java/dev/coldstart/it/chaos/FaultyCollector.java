package dev.coldstart.it.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;

/** A port where a collector should be. */
final class FaultyCollector implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** What is wrong with it. */
  enum Fault {
    /** Answers no packet, as behind a network policy: its queue of connections is full. */
    ABSENT,
    /** Nobody listens. */
    REFUSING,
    /** Takes connections and requests and never answers. */
    HANGING,
    /** Breaks each connection off. */
    RESETTING,
    /** Answers 503, as a proxy does before the collector is there. */
    UNAVAILABLE
  }

  private final int port;
  private final List<Closeable> open = new ArrayList<>();

  FaultyCollector(Fault fault, String protocol) throws IOException {
    port =
        switch (fault) {
          case ABSENT -> full();
          case REFUSING -> unusedPort();
          case HANGING -> opened(new ServerSocket(0, 50, LOOPBACK)).getLocalPort();
          case RESETTING -> resetting();
          case UNAVAILABLE -> unavailable(protocol);
        };
  }

  /** What {@code otel.exporter.otlp.endpoint} is to be. */
  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Where nobody listens, for now. */
  static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }

  private int full() throws IOException {
    int connectMillis = 200;
    int maxConnections = 64;
    ServerSocket server = opened(new ServerSocket(0, 1, LOOPBACK));
    for (int i = 0; i < maxConnections; i++) {
      Socket socket = opened(new Socket());
      try {
        socket.connect(new InetSocketAddress(LOOPBACK, server.getLocalPort()), connectMillis);
      } catch (SocketTimeoutException e) {
        return server.getLocalPort();
      }
    }
    throw new IllegalStateException("the queue does not fill");
  }

  private int resetting() throws IOException {
    ServerSocket server = opened(new ServerSocket(0, 50, LOOPBACK));
    Thread accepting = new Thread(() -> resetAll(server), "resetting");
    accepting.setDaemon(true);
    accepting.start();
    return server.getLocalPort();
  }

  private static void resetAll(ServerSocket server) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          // Something has arrived; what closes with it unread is reset.
          socket.getInputStream().read();
          socket.setSoLinger(true, 0);
        } catch (IOException e) {
          if (server.isClosed()) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private int unavailable(String protocol) throws IOException {
    MockWebServer server = opened(new MockWebServer());
    if (protocol.equals("grpc")) {
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    }
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(503).build();
          }
        });
    server.start(LOOPBACK, 0);
    return server.getPort();
  }

  private <T extends Closeable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
