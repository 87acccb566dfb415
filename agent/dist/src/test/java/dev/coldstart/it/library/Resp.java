package dev.coldstart.it.library;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Redis' protocol, its versions 2 and 3, as far as a proxy needs it. */
final class Resp {
  private Resp() {}

  /** One command of a client with its arguments; null at the end. */
  static List<byte[]> command(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    if (first != '*') {
      throw new IOException("no command");
    }
    int count = Integer.parseInt(line(in));
    List<byte[]> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (in.read() != '$') {
        throw new IOException("no bulk string");
      }
      words.add(bulk(in, Integer.parseInt(line(in))));
    }
    return words;
  }

  /** The same, to be sent on. */
  static byte[] command(List<byte[]> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("*" + words.size() + "\r\n"));
    for (byte[] word : words) {
      out.writeBytes(bulk(word));
    }
    return out.toByteArray();
  }

  /** One answer of a server, whatever it is, byte for byte. */
  static byte[] answer(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    copy(in, out);
    return out.toByteArray();
  }

  private static void copy(InputStream in, ByteArrayOutputStream out) throws IOException {
    int type = in.read();
    if (type < 0) {
      throw new EOFException();
    }
    String line = line(in);
    out.writeBytes(ascii((char) type + line + "\r\n"));
    switch (type) {
      case '$', '=', '!' -> {
        int length = Integer.parseInt(line);
        if (length >= 0) {
          out.writeBytes(bulk(in, length));
          out.writeBytes(ascii("\r\n"));
        }
      }
      case '*', '~', '>' -> copy(in, out, Integer.parseInt(line));
      case '%' -> copy(in, out, 2 * Integer.parseInt(line));
      default -> {
        // The line was all.
      }
    }
  }

  private static void copy(InputStream in, ByteArrayOutputStream out, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      copy(in, out);
    }
  }

  /** An array of what is encoded already. */
  static byte[] array(List<byte[]> encoded) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("*" + encoded.size() + "\r\n"));
    encoded.forEach(out::writeBytes);
    return out.toByteArray();
  }

  static byte[] bulk(byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("$" + value.length + "\r\n"));
    out.writeBytes(value);
    out.writeBytes(ascii("\r\n"));
    return out.toByteArray();
  }

  static byte[] bulk(String value) {
    return bulk(value.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] number(long value) {
    return ascii(":" + value + "\r\n");
  }

  static byte[] ok() {
    return ascii("+OK\r\n");
  }

  private static byte[] bulk(InputStream in, int length) throws IOException {
    byte[] value = in.readNBytes(length);
    if (value.length < length || in.read() != '\r' || in.read() != '\n') {
      throw new EOFException();
    }
    return value;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    in.read();
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
