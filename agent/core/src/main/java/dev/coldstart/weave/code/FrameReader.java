package dev.coldstart.weave.code;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The stack map of a method, frame by frame, each in full: as ASM tells of it, but classes and new
 * objects are shown by where they are.
 */
final class FrameReader {
  private static final int OBJECT = 7;
  private static final int SAME_WITH_STACK_ITEM = 64;
  private static final int SAME_WITH_STACK_ITEM_FAR = 247;
  private static final int SAME_FAR = 251;
  private static final int FULL = 255;

  /**
   * A class, by the number of its constant, or what an instruction has made and nobody has set up.
   */
  static final class Item {
    final boolean made;
    final int at;

    Item(boolean made, int at) {
      this.made = made;
      this.at = at;
    }

    // No record: the equals of one makes a method handle of each field.
    @Override
    public boolean equals(Object other) {
      return other instanceof Item item && made == item.made && at == item.at;
    }

    @Override
    public int hashCode() {
      return made ? -at : at;
    }
  }

  private final byte[] bytes;
  private int at;
  private int left;
  private int offset = -1;
  private List<Object> locals = new ArrayList<>();
  private List<Object> stack = new ArrayList<>();

  /**
   * Reads a stack map.
   *
   * @param at where its number of frames is
   */
  FrameReader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at + 2;
    this.left = ClassHead.number(bytes, at);
  }

  /** What the arguments of the method leave in its variables. */
  void begin(String owner, boolean isStatic, boolean constructor, String descriptor) {
    if (!isStatic) {
      locals.add(constructor ? Opcodes.UNINITIALIZED_THIS : owner);
    }
    for (Type type : Type.getArgumentTypes(descriptor)) {
      locals.add(
          switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
          });
    }
  }

  /** Reads the next frame. Returns the offset it is for, -1 when there is no more. */
  int next() {
    if (left-- == 0) {
      return -1;
    }
    int type = bytes[at++] & 0xff;
    stack.clear();
    int delta = type;
    if (type >= SAME_WITH_STACK_ITEM && type < 2 * SAME_WITH_STACK_ITEM) {
      delta = type - SAME_WITH_STACK_ITEM;
      stack.add(item());
    } else if (type >= SAME_WITH_STACK_ITEM_FAR) {
      delta = number();
      if (type == SAME_WITH_STACK_ITEM_FAR) {
        stack.add(item());
      } else if (type == FULL) {
        locals = items();
        stack = items();
      } else {
        // Some fewer, or some more.
        for (int i = type; i < SAME_FAR; i++) {
          locals.remove(locals.size() - 1);
        }
        for (int i = type; i > SAME_FAR; i--) {
          locals.add(item());
        }
      }
    }
    offset += delta + 1;
    return offset;
  }

  Object[] locals() {
    return locals.toArray();
  }

  Object[] stack() {
    return stack.toArray();
  }

  private List<Object> items() {
    int count = number();
    List<Object> items = new ArrayList<>(count + 4);
    for (int i = 0; i < count; i++) {
      items.add(item());
    }
    return items;
  }

  private Object item() {
    return switch (bytes[at++]) {
      case 0 -> Opcodes.TOP;
      case 1 -> Opcodes.INTEGER;
      case 2 -> Opcodes.FLOAT;
      case 3 -> Opcodes.DOUBLE;
      case 4 -> Opcodes.LONG;
      case 5 -> Opcodes.NULL;
      case 6 -> Opcodes.UNINITIALIZED_THIS;
      case OBJECT -> new Item(false, number());
      default -> new Item(true, number());
    };
  }

  private int number() {
    at += 2;
    return ClassHead.number(bytes, at - 2);
  }
}
