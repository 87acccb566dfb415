package dev.coldstart.weave.code;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the code of a method: what {@link MethodPatch} copies of the original, and what visitors
 * add. Knows the instructions that these add, and no others.
 */
public final class CodeWriter extends MethodVisitor {
  private static final Object[] NOTHING = {};
  private static final int WIDE = 196;
  private static final int LDC_W = 19;
  private static final int LOAD_0 = 26;
  private static final int STORE_0 = 59;

  private record Jump(int at, Label to) {}

  final Bytes code;
  private final Constants constants;
  private final int originalStack;

  /** For each frame its place, variables and stack. */
  private final List<Place> frames = new ArrayList<>();

  private final List<Object[]> frameItems = new ArrayList<>();
  private final List<Jump> jumps = new ArrayList<>();

  /** Begin and end of each covered part, and its handler, of whatever is thrown. */
  private final List<Label> handlers = new ArrayList<>();

  /** The constant of the instruction of the original that visitors are told of; -1: of none. */
  private int original = -1;

  /** Its last two bytes when it calls a method of an interface. */
  private int originalCount;

  private int depth;
  private int maxStack;
  private int maxLocals;

  CodeWriter(int api, Constants constants, int length, int maxStack, int maxLocals) {
    super(api);
    this.constants = constants;
    this.code = new Bytes(length + length / 4 + 128);
    this.originalStack = maxStack;
    this.maxStack = maxStack;
    this.maxLocals = maxLocals;
  }

  /** How many bytes of code there are so far. */
  public int size() {
    return code.size();
  }

  int maxStack() {
    return maxStack;
  }

  int maxLocals() {
    return maxLocals;
  }

  /**
   * Visitors are told of an instruction of the original, and pass it on; its stack may be full.
   *
   * @param constant its operand, and with a call of an interface's method its count
   */
  void original(int constant, int count) {
    original = constant;
    originalCount = count;
    depth = originalStack;
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    code.u1(opcode).u2(original);
    original = -1;
  }

  /** What follows is reached with an empty stack. */
  void empty() {
    depth = 0;
  }

  @Override
  public void visitInsn(int opcode) {
    code.u1(opcode);
    switch (opcode) {
      case Opcodes.DUP -> grow(1);
      case Opcodes.POP, Opcodes.ATHROW -> grow(-1);
      case Opcodes.AASTORE -> grow(-3);
      default -> grow(opcode <= Opcodes.ICONST_5 && opcode > Opcodes.NOP ? 1 : 0);
    }
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    code.u1(opcode).u2(operand);
    grow(1);
  }

  @Override
  public void visitVarInsn(int opcode, int slot) {
    boolean loads = opcode < Opcodes.ISTORE;
    boolean twoSlots = (opcode - (loads ? Opcodes.ILOAD : Opcodes.ISTORE)) % 2 == 1;
    boolean wide = twoSlots && opcode != Opcodes.ALOAD && opcode != Opcodes.ASTORE;
    if (slot < 4) {
      int first = loads ? LOAD_0 : STORE_0;
      code.u1(first + (opcode - (loads ? Opcodes.ILOAD : Opcodes.ISTORE)) * 4 + slot);
    } else if (slot <= 0xff) {
      code.u1(opcode).u1(slot);
    } else {
      code.u1(WIDE).u1(opcode).u2(slot);
    }
    int slots = wide ? 2 : 1;
    maxLocals = Math.max(maxLocals, slot + slots);
    grow(loads ? slots : -slots);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    code.u1(opcode).u2(opcode == Opcodes.NEW ? original : constants.type(type));
    original = -1;
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    code.u1(opcode);
    // No static call of the original's is ever told of, and all that is added is static.
    if (original >= 0 && opcode != Opcodes.INVOKESTATIC) {
      code.u2(original);
      original = -1;
      if (opcode == Opcodes.INVOKEINTERFACE) {
        code.u2(originalCount);
      }
      return;
    }
    code.u2(constants.method(owner, name, descriptor));
    int sizes = Type.getArgumentsAndReturnSizes(descriptor);
    // The arguments' count the receiver.
    int taken = (sizes >> 2) - (opcode == Opcodes.INVOKESTATIC ? 1 : 0);
    grow((sizes & 3) - taken);
  }

  @Override
  public void visitLdcInsn(Object value) {
    int constant =
        value instanceof Type type
            ? constants.type(type.getInternalName())
            : constants.string((String) value);
    if (constant <= 0xff) {
      code.u1(Opcodes.LDC).u1(constant);
    } else {
      code.u1(LDC_W).u2(constant);
    }
    grow(1);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    jumps.add(new Jump(code.size(), label));
    code.u1(opcode).u2(0);
    grow(-1);
  }

  @Override
  public void visitLabel(Label label) {
    ((Place) label).put(code.size());
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    handlers.add(start);
    handlers.add(end);
    handlers.add(handler);
    // What follows is the handler.
    depth = 1;
  }

  @Override
  public void visitFrame(int type, int count, Object[] local, int stackCount, Object[] stack) {
    Place here = new Place();
    visitLabel(here);
    frames.add(here);
    frameItems.add(count == 0 ? NOTHING : local);
    frameItems.add(stackCount == 0 ? NOTHING : stack);
  }

  private void grow(int by) {
    depth += by;
    maxStack = Math.max(maxStack, depth);
  }

  /** All is visited: fills in the jumps that were added. */
  void end() {
    for (Jump jump : jumps) {
      code.setU2(jump.at() + 1, jump.to().getOffset() - jump.at());
    }
  }

  int handlers() {
    return handlers.size() / 3;
  }

  void writeHandlers(Bytes out) {
    for (int i = 0; i < handlers.size(); i++) {
      out.u2(handlers.get(i).getOffset());
      if (i % 3 == 2) {
        out.u2(0);
      }
    }
  }

  int frames() {
    return frames.size();
  }

  Bytes frames(int[] moved) {
    FrameWriter writer = new FrameWriter(constants, moved);
    for (int i = 0; i < frames.size(); i++) {
      writer.add(frames.get(i).getOffset(), frameItems.get(2 * i), frameItems.get(2 * i + 1));
    }
    return writer.bytes();
  }
}
