package dev.coldstart.weave.code;

import java.util.HashMap;
import java.util.Map;

/** Constants that are added behind those of a class file. */
final class Constants {
  private static final int MAX = 0xffff;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;

  private final Map<String, Integer> known = new HashMap<>();
  private final Bytes bytes = new Bytes(1024);
  private int count;

  /**
   * No constants so far.
   *
   * @param first the number of the first one
   */
  Constants(int first) {
    count = first;
  }

  /** The number of the last one, and one more. */
  int count() {
    return count;
  }

  /** Whether a class file can have so many. */
  boolean fit() {
    return count <= MAX;
  }

  Bytes bytes() {
    return bytes;
  }

  int type(String internalName) {
    return pair(CLASS, text(internalName));
  }

  int string(String value) {
    return pair(STRING, text(value));
  }

  int method(String owner, String name, String descriptor) {
    String key = owner + '.' + name + descriptor;
    Integer same = known.get(key);
    if (same != null) {
      return same;
    }
    int type = type(owner);
    int called = text(name);
    int described = text(descriptor);
    bytes.u1(NAME_AND_TYPE).u2(called).u2(described);
    int nameAndType = count++;
    bytes.u1(METHOD).u2(type).u2(nameAndType);
    known.put(key, count);
    return count++;
  }

  private int pair(int tag, int text) {
    String key = (char) tag + "#" + text;
    Integer same = known.get(key);
    if (same != null) {
      return same;
    }
    bytes.u1(tag).u2(text);
    known.put(key, count);
    return count++;
  }

  int text(String text) {
    Integer same = known.get(text);
    if (same != null) {
      return same;
    }
    bytes.u1(ClassHead.UTF8).u2(0);
    int begin = bytes.size();
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      if (c != 0 && c < 0x80) {
        bytes.u1(c);
      } else if (c < 0x800) {
        bytes.u1(0xc0 | c >> 6).u1(0x80 | (c & 0x3f));
      } else {
        bytes.u1(0xe0 | c >> 12).u1(0x80 | (c >> 6 & 0x3f)).u1(0x80 | (c & 0x3f));
      }
    }
    bytes.setU2(begin - 2, bytes.size() - begin);
    known.put(text, count);
    return count++;
  }
}
