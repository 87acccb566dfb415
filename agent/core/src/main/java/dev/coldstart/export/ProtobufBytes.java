package dev.coldstart.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes fields in the protobuf encoding. Not thread-safe. */
final class ProtobufBytes {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream out;

  ProtobufBytes() {
    this(new ByteArrayOutputStream());
  }

  ProtobufBytes(ByteArrayOutputStream out) {
    this.out = out;
  }

  /** A field of type string. */
  void text(int field, String text) {
    bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A field of type uint64, uint32 or enum. */
  void number(int field, long value) {
    varint(((long) field << 3) | VARINT);
    varint(value);
  }

  /** A field of type sint64 or sint32. */
  void signed(int field, long value) {
    varint(((long) field << 3) | VARINT);
    signed(value);
  }

  /** A sint64 without its field, as packed fields hold them. */
  void signed(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  /** A field of type double. */
  void real(int field, double value) {
    varint(((long) field << 3) | FIXED64);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) (bits >>> shift));
    }
  }

  /** A message as a field; or packed numbers. */
  void message(int field, ProtobufBytes content) {
    bytes(field, content.out.toByteArray());
  }

  /** A message by itself, after its length. */
  void delimited(ProtobufBytes message) {
    varint(message.out.size());
    out.writeBytes(message.out.toByteArray());
  }

  private void bytes(int field, byte[] content) {
    varint(((long) field << 3) | LENGTH_DELIMITED);
    varint(content.length);
    out.writeBytes(content);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
