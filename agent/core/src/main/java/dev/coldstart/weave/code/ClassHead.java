package dev.coldstart.weave.code;

/**
 * The names in the head of a class file: what it extends and implements, and whether it can have a
 * method of a name. Steps over the constant pool without making anything of it.
 */
public final class ClassHead {
  static final int UTF8 = 1;
  static final int LONG = 5;
  static final int DOUBLE = 6;

  private static final int CONSTANTS = 8;

  private final byte[] bytes;
  private final int[] constants;
  private final int end;

  /** Reads a class file; fails with an {@link IndexOutOfBoundsException} when it is none. */
  public ClassHead(byte[] bytes) {
    this.bytes = bytes;
    int[] begins = new int[number(CONSTANTS)];
    int at = CONSTANTS + 2;
    // One loop without calls: of all that is done with a class this is done most often.
    for (int i = 1; i < begins.length; i++) {
      begins[i] = at;
      switch (bytes[at]) {
        case UTF8 -> at += 3 + ((bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff));
        case LONG, DOUBLE -> {
          at += 9;
          i++;
        }
        case 7, 8, 16, 19, 20 -> at += 3;
        case 15 -> at += 4;
        case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
        default -> throw new IndexOutOfBoundsException("no class file");
      }
    }
    constants = begins;
    end = at;
  }

  /** Internal names of the super class, if there is one, and the interfaces. */
  public String[] supers() {
    int parent = number(end + 4);
    int interfaces = number(end + 6);
    int first = parent == 0 ? 0 : 1;
    String[] names = new String[first + interfaces];
    if (parent != 0) {
      names[0] = className(parent);
    }
    for (int i = 0; i < interfaces; i++) {
      names[first + i] = className(number(end + 8 + 2 * i));
    }
    return names;
  }

  /** The number of constants, and one more. */
  int count() {
    return constants.length;
  }

  /** Where the constants end and the flags of the class follow. */
  int end() {
    return end;
  }

  /** Whether a constant, which is a text, is this text. */
  boolean isText(int constant, String text) {
    return isAt(constants[constant], text);
  }

  /** Whether one of its constants is this text: without it no method has that name. */
  public boolean mentions(String text) {
    for (int at : constants) {
      if (at > 0 && bytes[at] == UTF8 && isAt(at, text)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(int constantAt, String text) {
    int at = constantAt + 3;
    int last = at + number(constantAt + 1);
    int length = text.length();
    if (last - at < length) {
      return false;
    }
    for (int i = 0; i < length && at < last; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == 0) {
        return textAt(constantAt).equals(text);
      }
      if (bytes[at++] != c) {
        return false;
      }
    }
    return at == last;
  }

  /** The internal name of a class. */
  String className(int constant) {
    return text(first(constant));
  }

  /** Two numbers that a constant consists of: a reference, or a name and a type. */
  int first(int constant) {
    return number(constants[constant] + 1);
  }

  int second(int constant) {
    return number(constants[constant] + 3);
  }

  /** A constant that is a text. */
  String text(int constant) {
    return textAt(constants[constant]);
  }

  private String textAt(int text) {
    int length = number(text + 1);
    char[] name = new char[length];
    int count = 0;
    for (int at = text + 3; at < text + 3 + length; ) {
      int b = bytes[at++] & 0xff;
      // Modified UTF-8: names of two and three bytes a character are rare, but allowed.
      if (b >= 0xe0) {
        b = ((b & 0x0f) << 12) | ((bytes[at++] & 0x3f) << 6) | (bytes[at++] & 0x3f);
      } else if (b >= 0xc0) {
        b = ((b & 0x1f) << 6) | (bytes[at++] & 0x3f);
      }
      name[count++] = (char) b;
    }
    return new String(name, 0, count);
  }

  /** Where the attribute of a class, member or method that begins here ends. */
  static int afterAttribute(byte[] bytes, int at) {
    return at + 6 + int4(bytes, at + 2);
  }

  static int int4(byte[] bytes, int at) {
    return number(bytes, at) << 16 | number(bytes, at + 2);
  }

  private int number(int at) {
    return number(bytes, at);
  }

  static int number(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
