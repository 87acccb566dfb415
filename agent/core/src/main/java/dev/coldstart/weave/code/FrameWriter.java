package dev.coldstart.weave.code;

/**
 * Writes the stack map of a method, where a frame follows another with the same variables shorter.
 */
final class FrameWriter {
  private static final int SAME_FAR = 251;
  private static final int SAME_WITH_STACK_ITEM_FAR = 247;
  private static final int FULL = 255;
  private static final int CLASS = 7;
  private static final int NEW = 8;

  private final Constants constants;
  private final int[] moved;
  private final Bytes out = new Bytes(512);
  private Object[] before;
  private int last = -1;

  /**
   * A stack map without frames.
   *
   * @param moved new offsets of the original's instructions, by their old ones
   */
  FrameWriter(Constants constants, int[] moved) {
    this.constants = constants;
    this.moved = moved;
  }

  void add(int offset, Object[] locals, Object[] stack) {
    int delta = offset - last - 1;
    boolean same = before != null && stack.length <= 1 && same(before, locals);
    if (same) {
      out.u1(stack.length == 0 ? SAME_FAR : SAME_WITH_STACK_ITEM_FAR).u2(delta);
    } else {
      out.u1(FULL).u2(delta).u2(locals.length);
      write(locals);
      out.u2(stack.length);
    }
    write(stack);
    before = locals;
    last = offset;
  }

  Bytes bytes() {
    return out;
  }

  private static boolean same(Object[] some, Object[] others) {
    if (some.length != others.length) {
      return false;
    }
    for (int i = 0; i < some.length; i++) {
      if (!some[i].equals(others[i])) {
        return false;
      }
    }
    return true;
  }

  private void write(Object[] items) {
    for (Object item : items) {
      if (item instanceof Integer kind) {
        out.u1(kind);
      } else if (item instanceof FrameReader.Item known) {
        out.u1(known.made ? NEW : CLASS).u2(known.made ? moved[known.at] : known.at);
      } else {
        out.u1(CLASS).u2(constants.type((String) item));
      }
    }
  }
}
