package dev.coldstart.weave.code;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Opcodes;

/** The jumps of a method that is copied to other offsets. */
final class Jumps {
  private static final int TABLE_SWITCH = 170;
  private static final int LOOKUP_SWITCH = 171;
  private static final int GOTO_W = 200;

  private final byte[] bytes;
  private final int codeAt;

  /** Three for each: where its instruction is now, where its distance is, its old target. */
  private int[] jumps = new int[96];

  private int count;

  Jumps(byte[] bytes, int codeAt) {
    this.bytes = bytes;
    this.codeAt = codeAt;
  }

  static boolean isJump(int opcode) {
    return (opcode >= Opcodes.IFEQ && opcode <= Opcodes.GOTO)
        || opcode == TABLE_SWITCH
        || opcode == LOOKUP_SWITCH
        || (opcode >= Opcodes.IFNULL && opcode <= GOTO_W);
  }

  /** Where the operands of a switch begin. */
  static int padded(int offset) {
    return (offset + 4) & ~3;
  }

  /** Copies one, to be filled in when the new offset of its target is known. */
  void copy(int offset, int length, Bytes out) {
    int at = codeAt + offset;
    int opcode = bytes[at] & 0xff;
    int now = out.size();
    out.u1(opcode);
    if (opcode != TABLE_SWITCH && opcode != LOOKUP_SWITCH) {
      boolean wide = opcode == GOTO_W;
      int distance = wide ? ClassHead.int4(bytes, at + 1) : (short) ClassHead.number(bytes, at + 1);
      add(now, wide ? -out.size() : out.size(), offset + distance);
      out.copy(bytes, at + 1, at + length);
      return;
    }
    while (out.size() < padded(now)) {
      out.u1(0);
    }
    int from = codeAt + padded(offset);
    int shift = out.size() - from;
    out.copy(bytes, from, at + length);
    add(now, -(from + shift), offset + ClassHead.int4(bytes, from));
    boolean table = opcode == TABLE_SWITCH;
    for (int i = from + 12; i < at + length; i += table ? 4 : 8) {
      add(now, -(i + shift), offset + ClassHead.int4(bytes, i));
    }
  }

  /** Returns whether no target has got too far away. */
  boolean fill(Bytes out, int[] moved) {
    for (int i = 0; i < count; i += 3) {
      int distance = moved[jumps[i + 2]] - jumps[i];
      int at = jumps[i + 1];
      if (at < 0) {
        out.setU4(-at, distance);
      } else if (distance == (short) distance) {
        out.setU2(at, distance);
      } else {
        return false;
      }
    }
    return true;
  }

  /** Adds one; a negative place has four bytes. */
  private void add(int now, int at, int target) {
    if (count == jumps.length) {
      jumps = Arrays.copyOf(jumps, 2 * count);
    }
    jumps[count++] = now;
    jumps[count++] = at;
    jumps[count++] = target;
  }
}
