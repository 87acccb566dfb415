package dev.coldstart.weave;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A 64-bit checksum of two independent polynomials. Tells versions of a class apart and finds
 * damage; it keeps nobody out, that is what owner and mode of the file are for. Both are intrinsic
 * in HotSpot's interpreter, and unlike a message digest load no security provider.
 */
final class Checksum {
  private final CRC32 high = new CRC32();
  private final CRC32C low = new CRC32C();

  static long of(byte[] bytes) {
    return new Checksum().add(bytes).value();
  }

  Checksum add(byte[] bytes) {
    high.update(bytes, 0, bytes.length);
    low.update(bytes, 0, bytes.length);
    return this;
  }

  Checksum add(long value) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return add(bytes);
  }

  /** With its length, so that texts that follow each other do not run together. */
  Checksum add(String text) {
    add(text.length());
    for (int i = 0; i < text.length(); i++) {
      high.update(text.charAt(i) >> 8);
      high.update(text.charAt(i));
      low.update(text.charAt(i) >> 8);
      low.update(text.charAt(i));
    }
    return this;
  }

  long value() {
    return high.getValue() << 32 | low.getValue();
  }
}
