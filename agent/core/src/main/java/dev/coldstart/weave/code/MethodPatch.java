package dev.coldstart.weave.code;

import java.util.Arrays;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * One method of a class file, with code that visitors add. They are told of what they look for:
 * returns, frames, {@code new} and {@code super(..)} in constructors, calls of {@code run()}, and
 * when asked for what a stage of a future does; all other instructions are copied, with the jumps
 * among them.
 */
public final class MethodPatch {
  private static final int CODE_HEAD = 14;
  private static final int TABLE_SWITCH = 170;
  private static final int LOOKUP_SWITCH = 171;
  private static final int GOTO_W = 200;
  private static final int WIDE = 196;
  private static final int MAX_CODE = 0xffff;
  private static final byte[] LENGTHS = lengths();

  private final byte[] bytes;
  private final int begin;
  private final int end;
  private final ClassHead head;
  private final Constants constants;

  /** Where the attribute with the code is; 0: there is none. */
  private final int attribute;

  private int codeAt;
  private boolean stage;
  private int length;

  MethodPatch(byte[] bytes, int begin, int end, ClassHead head, Constants constants) {
    this.bytes = bytes;
    this.begin = begin;
    this.end = end;
    this.head = head;
    this.constants = constants;
    attribute = attribute(begin + 6, "Code");
    if (attribute != 0) {
      codeAt = attribute + CODE_HEAD;
      length = ClassHead.int4(bytes, codeAt - 4);
    }
  }

  public int access() {
    return number(begin);
  }

  public String name() {
    return head.text(number(begin + 2));
  }

  public String descriptor() {
    return head.text(number(begin + 4));
  }

  /** Slots of its local variables. It has code. */
  public int maxLocals() {
    return number(codeAt - 6);
  }

  /** Whether it writes to the place of its first local variable, in a constructor the object. */
  public boolean overwritesFirst() {
    for (int at = codeAt; at < codeAt + length; at += length(at)) {
      int opcode = bytes[at] & 0xff;
      int slot = -1;
      if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
        slot = bytes[at + 1];
      } else if (opcode > Opcodes.ASTORE && opcode < Opcodes.IASTORE) {
        // Four opcodes for each type.
        slot = (opcode - Opcodes.ASTORE - 1) % 4;
      } else if (opcode == WIDE) {
        int stores = bytes[at + 1];
        slot = stores >= Opcodes.ISTORE && stores <= Opcodes.ASTORE ? number(at + 2) : -1;
      }
      if (slot == 0) {
        return true;
      }
    }
    return false;
  }

  /** Where a changed code is written to, by visitors that {@link #with} begins. */
  public CodeWriter writer(int api) {
    return new CodeWriter(api, constants, length, number(codeAt - 8), maxLocals());
  }

  /**
   * The method with what visitors add.
   *
   * @param first the visitor that sees the original first
   * @param out the last one
   * @param stage also tell of calls of functions, and of null that is put into a field {@code dep}
   * @return null when it cannot be done this way
   */
  public byte[] with(MethodVisitor first, CodeWriter out, boolean stage) {
    int exceptions = codeAt + length;
    int attributes = exceptions + 2 + 8 * number(exceptions);
    if (!isKnown(attributes)) {
      return null;
    }
    int[] moved = new int[length + 1];
    Jumps jumps = new Jumps(bytes, codeAt);
    this.stage = stage;
    visit(first, out, moved, jumps, attributes);
    if (out.size() > MAX_CODE || !jumps.fill(out.code, moved)) {
      return null;
    }
    Bytes table = exceptions(exceptions, out, moved);
    Bytes debug = new Bytes(attributes < 0 ? 0 : 256);
    int count = attributes(attributes, debug, moved);
    if (out.frames() > 0) {
      Bytes frames = out.frames(moved);
      debug.u2(constants.text("StackMapTable")).u4(2 + frames.size()).u2(out.frames());
      debug.copy(frames);
      count++;
    }
    Bytes method = new Bytes(end - begin + out.size() + debug.size());
    method.copy(bytes, begin, attribute + 2);
    method.u4(8 + out.size() + table.size() + 2 + debug.size());
    method.u2(out.maxStack()).u2(out.maxLocals()).u4(out.size()).copy(out.code);
    method.copy(table).u2(count).copy(debug);
    return method.copy(bytes, ClassHead.afterAttribute(bytes, attribute), end).toArray();
  }

  private void visit(
      MethodVisitor first, CodeWriter out, int[] moved, Jumps jumps, int attributes) {
    String name = name();
    boolean constructor = name.equals("<init>");
    FrameReader frames = null;
    int frameAt = -1;
    int map = attribute(attributes, "StackMapTable");
    if (map != 0) {
      frames = new FrameReader(bytes, map + 6);
      boolean isStatic = (access() & Opcodes.ACC_STATIC) != 0;
      frames.begin(head.className(number(head.end() + 2)), isStatic, constructor, descriptor());
      frameAt = frames.next();
    }
    out.empty();
    first.visitCode();
    int copied = 0;
    for (int offset = 0; offset < length; ) {
      int at = codeAt + offset;
      int opcode = bytes[at] & 0xff;
      if (offset == frameAt) {
        out.code.copy(bytes, codeAt + copied, at);
        copied = offset;
        Object[] locals = frames.locals();
        Object[] stack = frames.stack();
        first.visitFrame(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
        frameAt = frames.next();
      }
      moved[offset] = out.size() + offset - copied;
      int next = offset + length(at);
      if (isSpecial(opcode, at, constructor)) {
        out.code.copy(bytes, codeAt + copied, at);
        copied = next;
        if (Jumps.isJump(opcode)) {
          jumps.copy(offset, next - offset, out.code);
        } else {
          tell(first, out, opcode, at);
        }
      }
      offset = next;
    }
    out.code.copy(bytes, codeAt + copied, codeAt + length);
    moved[length] = out.size();
    first.visitMaxs(0, 0);
    first.visitEnd();
    out.end();
  }

  private boolean isSpecial(int opcode, int at, boolean constructor) {
    if (opcode < Opcodes.IFEQ) {
      return opcode == Opcodes.ACONST_NULL && stage && setsDep(at + 1);
    }
    if (Jumps.isJump(opcode)) {
      return true;
    }
    return switch (opcode) {
      case Opcodes.IRETURN,
          Opcodes.LRETURN,
          Opcodes.FRETURN,
          Opcodes.DRETURN,
          Opcodes.ARETURN,
          Opcodes.RETURN ->
          true;
      case Opcodes.NEW -> constructor;
      case Opcodes.INVOKESPECIAL -> constructor && calls(at, "<init>", null);
      case Opcodes.INVOKEVIRTUAL -> calls(at, "run", "()V");
      case Opcodes.INVOKEINTERFACE -> calls(at, "run", "()V") || (stage && isFunction(at));
      case Opcodes.PUTFIELD -> stage && setsDep(at);
      default -> false;
    };
  }

  private boolean setsDep(int at) {
    return (bytes[at] & 0xff) == Opcodes.PUTFIELD
        && head.isText(head.first(head.second(number(at + 1))), "dep");
  }

  private boolean isFunction(int at) {
    return head.className(head.first(number(at + 1))).startsWith("java/util/function/");
  }

  private boolean calls(int at, String name, String descriptor) {
    int nameAndType = head.second(number(at + 1));
    return head.isText(head.first(nameAndType), name)
        && (descriptor == null || head.isText(head.second(nameAndType), descriptor));
  }

  private void tell(MethodVisitor first, CodeWriter out, int opcode, int at) {
    boolean onInterface = opcode == Opcodes.INVOKEINTERFACE;
    if (opcode < Opcodes.GETSTATIC) {
      out.original(-1, 0);
      first.visitInsn(opcode);
      return;
    }
    int constant = number(at + 1);
    out.original(constant, onInterface ? number(at + 3) : 0);
    if (opcode == Opcodes.NEW) {
      first.visitTypeInsn(opcode, null);
      return;
    }
    String owner = head.className(head.first(constant));
    String name = head.text(head.first(head.second(constant)));
    String descriptor = head.text(head.second(head.second(constant)));
    if (opcode == Opcodes.PUTFIELD) {
      first.visitFieldInsn(opcode, owner, name, descriptor);
    } else {
      first.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
    }
  }

  private Bytes exceptions(int at, CodeWriter out, int[] moved) {
    int count = number(at);
    Bytes table = new Bytes(2 + 8 * (count + out.handlers()));
    table.u2(count + out.handlers());
    for (int i = at + 2; i < at + 2 + 8 * count; i += 8) {
      table.u2(moved[number(i)]).u2(moved[number(i + 2)]).u2(moved[number(i + 4)]);
      table.u2(number(i + 6));
    }
    out.writeHandlers(table);
    return table;
  }

  /** Whether all attributes of the code are such as can be moved. */
  private boolean isKnown(int attributes) {
    int at = attributes + 2;
    for (int left = number(attributes); left > 0; left--) {
      int name = number(at);
      if (!head.isText(name, "LineNumberTable")
          && !head.isText(name, "LocalVariableTable")
          && !head.isText(name, "LocalVariableTypeTable")
          && !head.isText(name, "StackMapTable")) {
        return false;
      }
      at = ClassHead.afterAttribute(bytes, at);
    }
    return true;
  }

  /** Moves what is for debuggers. Returns how many attributes it is. */
  private int attributes(int attributes, Bytes debug, int[] moved) {
    int count = 0;
    int at = attributes + 2;
    for (int left = number(attributes); left > 0; left--) {
      int next = ClassHead.afterAttribute(bytes, at);
      boolean lines = head.isText(number(at), "LineNumberTable");
      if (lines || !head.isText(number(at), "StackMapTable")) {
        debug.copy(bytes, at, at + 8);
        for (int row = at + 8; row < next; row += lines ? 4 : 10) {
          int from = number(row);
          debug.u2(moved[from]);
          if (lines) {
            debug.u2(number(row + 2));
          } else {
            debug.u2(moved[from + number(row + 2)] - moved[from]).copy(bytes, row + 4, row + 10);
          }
        }
        count++;
      }
      at = next;
    }
    return count;
  }

  private int attribute(int countAt, String name) {
    int at = countAt + 2;
    for (int left = number(countAt); left > 0; left--) {
      if (head.isText(number(at), name)) {
        return at;
      }
      at = ClassHead.afterAttribute(bytes, at);
    }
    return 0;
  }

  private int length(int at) {
    int opcode = bytes[at] & 0xff;
    int fixed = LENGTHS[opcode];
    if (fixed > 0) {
      return fixed;
    }
    if (opcode == WIDE) {
      return (bytes[at + 1] & 0xff) == Opcodes.IINC ? 6 : 4;
    }
    int operands = Jumps.padded(at - codeAt) - (at - codeAt);
    int first = ClassHead.int4(bytes, at + operands + 4);
    return opcode == TABLE_SWITCH
        ? operands + 12 + 4 * (ClassHead.int4(bytes, at + operands + 8) - first + 1)
        : operands + 8 + 8 * first;
  }

  private int number(int at) {
    return ClassHead.number(bytes, at);
  }

  private static byte[] lengths() {
    byte[] lengths = new byte[256];
    Arrays.fill(lengths, (byte) 1);
    lengths[Opcodes.BIPUSH] = 2;
    lengths[Opcodes.LDC] = 2;
    lengths[Opcodes.NEWARRAY] = 2;
    Arrays.fill(lengths, Opcodes.ILOAD, Opcodes.ALOAD + 1, (byte) 2);
    Arrays.fill(lengths, Opcodes.ISTORE, Opcodes.ASTORE + 1, (byte) 2);
    lengths[Opcodes.SIPUSH] = 3;
    lengths[Opcodes.LDC + 1] = 3;
    lengths[Opcodes.LDC + 2] = 3;
    lengths[Opcodes.IINC] = 3;
    Arrays.fill(lengths, Opcodes.IFEQ, Opcodes.GOTO + 1, (byte) 3);
    Arrays.fill(lengths, Opcodes.GETSTATIC, Opcodes.INVOKESTATIC + 1, (byte) 3);
    lengths[Opcodes.INVOKEINTERFACE] = 5;
    lengths[Opcodes.INVOKEDYNAMIC] = 5;
    lengths[Opcodes.NEW] = 3;
    lengths[Opcodes.ANEWARRAY] = 3;
    lengths[Opcodes.CHECKCAST] = 3;
    lengths[Opcodes.INSTANCEOF] = 3;
    lengths[Opcodes.MULTIANEWARRAY] = 4;
    lengths[Opcodes.IFNULL] = 3;
    lengths[Opcodes.IFNONNULL] = 3;
    lengths[GOTO_W] = 5;
    lengths[WIDE] = 0;
    lengths[TABLE_SWITCH] = 0;
    lengths[LOOKUP_SWITCH] = 0;
    return lengths;
  }
}
