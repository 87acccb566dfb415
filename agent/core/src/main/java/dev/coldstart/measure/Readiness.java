package dev.coldstart.measure;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What tells that a start is complete. */
public sealed interface Readiness {
  /** In one or two words, for the samples. */
  String label();

  /** An address answers with a status below 400. */
  record Url(String url) implements Readiness {
    @Override
    public String label() {
      return "url";
    }
  }

  /** A port accepts connections. */
  record Port(String host, int port) implements Readiness {
    @Override
    public String label() {
      return "port";
    }
  }

  /** A line of stdout or stderr matches; its named groups are names for the requests. */
  record Line(Pattern pattern) implements Readiness {
    @Override
    public String label() {
      return "line";
    }
  }

  /** The first line of stdout. */
  record FirstLine() implements Readiness {
    @Override
    public String label() {
      return "first line";
    }
  }

  /** The program has ended by itself, with code 0. */
  record Exit() implements Readiness {
    @Override
    public String label() {
      return "exit";
    }
  }

  /** Reads {@code http://..}, {@code 8080}, {@code host:8080}, or a regular expression. */
  static Readiness parse(String text) {
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return new Url(RequestFile.Ask.get(text).uri().toString());
    }
    if (text.matches("([A-Za-z0-9.-]+:)?[0-9]{1,5}")) {
      int colon = text.lastIndexOf(':');
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port < 1 || port > 65_535) {
        throw new BadInput("--ready: " + port + " is no port: use 1 to 65535");
      }
      return new Port(colon < 0 ? "127.0.0.1" : text.substring(0, colon), port);
    }
    try {
      return new Line(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new BadInput(
          "--ready is neither an address, nor a port, nor a regular expression: "
              + e.getDescription(),
          e);
    }
  }
}
