package dev.coldstart.weave.code;

import java.util.Arrays;

/** Bytes that grow, in the order of class files. */
final class Bytes {
  private byte[] data;
  private int size;

  Bytes(int capacity) {
    data = new byte[capacity];
  }

  int size() {
    return size;
  }

  Bytes u1(int value) {
    ensure(1);
    data[size++] = (byte) value;
    return this;
  }

  Bytes u2(int value) {
    ensure(2);
    data[size++] = (byte) (value >>> 8);
    data[size++] = (byte) value;
    return this;
  }

  Bytes u4(int value) {
    return u2(value >>> 16).u2(value);
  }

  Bytes copy(byte[] from, int begin, int end) {
    ensure(end - begin);
    System.arraycopy(from, begin, data, size, end - begin);
    size += end - begin;
    return this;
  }

  Bytes copy(Bytes from) {
    return copy(from.data, 0, from.size);
  }

  void setU2(int at, int value) {
    data[at] = (byte) (value >>> 8);
    data[at + 1] = (byte) value;
  }

  void setU4(int at, int value) {
    setU2(at, value >>> 16);
    setU2(at + 2, value);
  }

  byte[] toArray() {
    return Arrays.copyOf(data, size);
  }

  private void ensure(int more) {
    if (size + more > data.length) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, size + more));
    }
  }
}
