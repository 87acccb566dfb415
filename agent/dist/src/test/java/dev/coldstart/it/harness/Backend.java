package dev.coldstart.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;

/**
 * A real server that {@code scripts/backends.sh} has started. A test of one that does not run is
 * skipped and says why; with {@code -Dcoldstart.backends=required} it fails. Immutable.
 */
public final class Backend {
  private static final Path PROJECT =
      Path.of(System.getProperty("coldstart.it-libs")).resolve("../../..").normalize();

  private static final String SCRIPT = "scripts/backends.sh";

  private final Properties facts;

  private Backend(Properties facts) {
    this.facts = facts;
  }

  /** The server that the script knows by this name. */
  public static Backend of(String name) {
    Properties facts = new Properties();
    Path file = folder().resolve(name).resolve("server.properties");
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        facts.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    String reason = whyNot(facts);
    if (reason != null) {
      String message = "no real " + name + ": " + reason;
      assertThat(System.getProperty("coldstart.backends")).as(message).isNotEqualTo("required");
      Assumptions.abort(message);
    }
    return new Backend(facts);
  }

  /** The folder of what the servers write, and of their certificates. */
  public static Path folder() {
    String named = System.getProperty("coldstart.backends.dir");
    return named == null ? PROJECT.resolve("out/backends") : Path.of(named);
  }

  /** The certificate of who signed those of the servers, as PEM. */
  public static Path authority() {
    return folder().resolve("tls/ca.crt");
  }

  /** Null when the server can be used. */
  private static String whyNot(Properties facts) {
    if (facts.isEmpty()) {
      return "it was not started, see " + SCRIPT;
    }
    String missing = facts.getProperty("missing");
    if (missing != null) {
      return missing;
    }
    String port = facts.getProperty("port");
    try {
      if (port != null) {
        new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port)).close();
      }
      return null;
    } catch (IOException e) {
      return "nobody listens on its port " + port + ", see " + SCRIPT + " status";
    }
  }

  /** Its port on 127.0.0.1. */
  public int port() {
    return Integer.parseInt(get("port"));
  }

  /** Where it speaks HTTP. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** What else the script says of it, such as "user" or "password". */
  public String get(String key) {
    String value = facts.getProperty(key);
    assertThat(value).as(key + " of " + facts.getProperty("name")).isNotNull();
    return value;
  }
}
