package dev.coldstart.weave;

/**
 * The names in the head of a class file: what it extends and implements, and whether it can have a
 * method of a name. Steps over the constant pool without making anything of it.
 */
public final class ClassHead {
  private static final int CONSTANTS = 8;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  private final byte[] bytes;
  private final int[] constants;
  private final int end;

  /** Reads a class file; fails with an {@link IndexOutOfBoundsException} when it is none. */
  public ClassHead(byte[] bytes) {
    this.bytes = bytes;
    constants = new int[number(CONSTANTS)];
    int at = CONSTANTS + 2;
    for (int i = 1; i < constants.length; i++) {
      constants[i] = at;
      int tag = bytes[at];
      at += length(tag, at);
      if (tag == LONG || tag == DOUBLE) {
        i++;
      }
    }
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

  /** Whether one of its constants is this text, in ASCII: without it no method has that name. */
  boolean mentions(String text) {
    int length = text.length();
    for (int at : constants) {
      if (at > 0 && bytes[at] == UTF8 && number(at + 1) == length && isAt(at + 3, text)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String className(int constant) {
    int text = constants[number(constants[constant] + 1)];
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

  private int length(int tag, int at) {
    return switch (tag) {
      case UTF8 -> 3 + number(at + 1);
      case LONG, DOUBLE -> 9;
      case 7, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
      default -> throw new IndexOutOfBoundsException("no class file");
    };
  }

  private int number(int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
