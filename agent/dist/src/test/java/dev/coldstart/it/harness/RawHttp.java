package dev.coldstart.it.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** HTTP/1.1 by hand: what a client library would smooth over is what the tests compare. */
public final class RawHttp {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final int port;

  /** A client of a server on the loopback interface. */
  public RawHttp(int port) {
    this.port = port;
  }

  /**
   * A response.
   *
   * @param status the status line; empty when the connection was closed without one
   * @param headers header lines in their order, without Date
   * @param body without the chunks' framing
   */
  public record Response(String status, List<String> headers, String body) {
    /** Null when absent. */
    String header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(h -> h.substring(prefix.length()).trim())
          .findFirst()
          .orElse(null);
    }
  }

  /** One GET on a connection of its own. */
  public Response get(String target, String... headers) {
    try (Connection connection = connect()) {
      connection.send(target, headers);
      return connection.read();
    }
  }

  /** A connection for several requests. */
  public Connection connect() {
    try {
      return new Connection(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection. */
  public static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private Connection(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a GET. */
    public void send(String target, String... headers) {
      StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: test\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      try {
        socket
            .getOutputStream()
            .write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Reads a whole response. */
    public Response read() {
      try {
        String status = line();
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
          if (!line.startsWith("Date:") && !line.startsWith("date:")) {
            headers.add(line);
          }
        }
        Response head = new Response(status, headers, "");
        return new Response(status, headers, status.isEmpty() ? "" : body(head));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Reads a line; empty at the end of the stream. */
    public String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        if (b != '\r') {
          line.write(b);
        }
      }
      return line.toString(StandardCharsets.UTF_8);
    }

    /** Reads until a text has come. Returns {@link System#nanoTime()} of then. */
    public long await(String text) {
      try {
        StringBuilder seen = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
          seen.append((char) b);
          if (seen.lastIndexOf(text) >= 0) {
            return System.nanoTime();
          }
        }
        throw new AssertionError("no " + text + " in " + seen);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Reads until the server closes the connection, or has sent the last chunk. */
    public String rest() {
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      try {
        // Not every server closes a connection because its client asks it to.
        for (int b = in.read(); b >= 0; b = in.read()) {
          rest.write(b);
          if (b == '\n' && rest.toString(StandardCharsets.UTF_8).endsWith("\r\n0\r\n\r\n")) {
            break;
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return rest.toString(StandardCharsets.UTF_8);
    }

    /** Breaks the connection off, as a client does that crashes. */
    public void reset() {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String body(Response head) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (head.status().contains(" 204 ")) {
        return "";
      }
      if ("chunked".equals(head.header("transfer-encoding"))) {
        for (String line = line(); !line.isEmpty(); line = line()) {
          int size = Integer.parseInt(line, 16);
          body.write(in.readNBytes(size));
          line();
          if (size == 0) {
            break;
          }
        }
      } else if (head.header("content-length") != null) {
        body.write(in.readNBytes(Integer.parseInt(head.header("content-length"))));
      } else {
        in.transferTo(body);
      }
      return body.toString(StandardCharsets.UTF_8);
    }
  }
}
