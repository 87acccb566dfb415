package dev.coldstart.it.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * All that the agent wrote or sent, by what it is; finds in it what acts on a reader, is long, or
 * is secret. Thread-safe while it collects.
 */
final class Outputs implements AutoCloseable {
  /** The longest text the agent takes from an application is a path of 1,000 characters. */
  private static final int LONGEST = 1_100;

  private static final int MAX_BYTES = 4 << 20;
  private static final String SECRET = "s3cr3t";

  private final Map<String, byte[]> raw = new TreeMap<>();
  private final Map<String, List<String>> texts = new TreeMap<>();
  private final HttpServer collector;

  /** Listens as a collector. */
  Outputs() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          try (InputStream body = exchange.getRequestBody()) {
            sent(
                exchange.getRequestURI().getPath(),
                (zipped ? new GZIPInputStream(body) : body).readAllBytes());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  /** Where the collector is. */
  String endpoint() {
    return "http://127.0.0.1:" + collector.getAddress().getPort();
  }

  /** Something that was printed or served. */
  synchronized void add(String name, String text) {
    raw.put(name, text.getBytes(StandardCharsets.UTF_8));
    texts.put(name, List.of(text));
  }

  /** A file, or all those of a folder. */
  synchronized void add(Path fileOrFolder) throws IOException {
    try (Stream<Path> files = Files.walk(fileOrFolder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".jfr")) {
          raw.put(name, Files.readAllBytes(file));
          texts.put(name, events(file));
        } else {
          add(name, Files.readString(file));
        }
      }
    }
  }

  private synchronized void sent(String path, byte[] payload)
      throws InvalidProtocolBufferException {
    String name = "otlp" + path + "." + raw.size();
    Message message =
        path.endsWith("/metrics")
            ? ExportMetricsServiceRequest.parseFrom(payload)
            : ExportTraceServiceRequest.parseFrom(payload);
    List<String> strings = new ArrayList<>();
    strings(message, strings);
    raw.put(name, payload);
    texts.put(name, strings);
  }

  /** What there is. */
  synchronized Set<String> names() {
    return Set.copyOf(raw.keySet());
  }

  /** Tells the row all that must not be. */
  synchronized void check(Row row) {
    raw.forEach(
        (name, bytes) -> {
          String latin = new String(bytes, StandardCharsets.ISO_8859_1);
          row.holds(name, !latin.contains(SECRET), "tells " + around(latin, SECRET));
          // As Java keeps texts that are not Latin.
          String wide = latin.replace("\0", "");
          row.holds(name, !wide.contains(SECRET), "tells " + around(wide, SECRET));
          row.holds(name, bytes.length <= MAX_BYTES, "has " + bytes.length + " bytes");
        });
    texts.forEach((name, all) -> all.forEach(text -> check(row, name, text)));
  }

  private static void check(Row row, String name, String text) {
    row.holds(name, !text.contains("A".repeat(LONGEST)), "has a name of " + LONGEST);
    // Only a file of its own has lines; a text in an event or a message has none.
    boolean whole = !name.startsWith("otlp") && !name.endsWith(".jfr");
    text.chars()
        .filter(c -> isOdd(c) && !(whole && c == '\n'))
        .findFirst()
        .ifPresent(
            c ->
                row.differs(name, "has U+" + Integer.toHexString(c) + around(text, "" + (char) c)));
    row.holds(name, text.lines().noneMatch(l -> l.startsWith("::error::")), "commands a CI system");
    boolean markdown = name.endsWith(".md");
    if (markdown || name.endsWith(".html") || name.endsWith(".xml")) {
      for (String tag : List.of("<script>alert", "alert(1)</script>", "<img src=x", "<!-- --")) {
        row.holds(name, !text.contains(tag), "has " + around(text, tag));
      }
    }
    row.holds(name, !(markdown && text.contains("[x](java")), "has a link that is a script");
  }

  private static boolean isOdd(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || Character.getType(c) == Character.FORMAT;
  }

  /** The agent's events; those of the JVM are its own. */
  private static List<String> events(Path file) throws IOException {
    List<String> strings = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().startsWith("dev.coldstart.")) {
        for (ValueDescriptor field : event.getFields()) {
          if (event.getValue(field.getName()) instanceof String text) {
            strings.add(text);
          }
        }
      }
    }
    if (strings.isEmpty()) {
      throw new IOException("no event of the agent in " + file);
    }
    return strings;
  }

  private static void strings(Object value, List<String> found) {
    if (value instanceof Message message) {
      strings(message.getAllFields().values(), found);
    } else if (value instanceof Collection<?> all) {
      all.forEach(one -> strings(one, found));
    } else if (value instanceof String text) {
      found.add(text);
    }
  }

  private static String around(String text, String found) {
    int at = Math.max(0, text.indexOf(found));
    return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60))
        .replaceAll("\\P{Print}", "?");
  }

  @Override
  public void close() {
    collector.stop(0);
  }
}
