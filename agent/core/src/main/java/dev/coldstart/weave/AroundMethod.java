package dev.coldstart.weave;

import static net.bytebuddy.jar.asm.Opcodes.AASTORE;
import static net.bytebuddy.jar.asm.Opcodes.ACONST_NULL;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ANEWARRAY;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.ASTORE;
import static net.bytebuddy.jar.asm.Opcodes.ATHROW;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.IRETURN;
import static net.bytebuddy.jar.asm.Opcodes.ISTORE;
import static net.bytebuddy.jar.asm.Opcodes.NEW;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;

import dev.coldstart.weave.code.Place;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A method with calls to the recorder at its entry, before every return, and in a handler for
 * whatever it throws.
 *
 * <p>The new local variables lie above the method's own, so its code stays as it is; each stack map
 * frame is padded up to them. In a constructor the handler covers only what follows the call of
 * {@code super(..)}, because nothing may catch across it; compilers may make several such calls
 * (Groovy does), each on a way of its own.
 */
final class AroundMethod extends MethodVisitor {
  static final String RECORDER = "dev/coldstart/bootstrap/Recorder";

  /** Local variables one probe needs at most. */
  static final int LOCALS = 3;

  private static final String OBJECT = "java/lang/Object";
  private static final String OBJECTS = "[Ljava/lang/Object;";

  private final boolean isStatic;
  private final boolean constructor;
  private final Type[] parameters;
  private final Type returned;
  private final Probe probe;
  private final int site;
  private final int base;

  /** Begin and end of each part that the handler covers. */
  private final List<Label> covered = new ArrayList<>();

  /** Where the part begins that is being covered, null outside. */
  private Label start;

  private int unfinishedNews;

  AroundMethod(
      MethodVisitor next,
      int access,
      String name,
      String descriptor,
      Probe probe,
      int site,
      int base) {
    super(WovenClass.ASM, next);
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.constructor = name.equals("<init>");
    this.parameters = Type.getArgumentTypes(descriptor);
    this.returned = Type.getReturnType(descriptor);
    this.probe = probe;
    this.site = site;
    this.base = base;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    switch (probe.kind) {
      case TIME -> {
        push(site);
        call("enter", "(I)I");
        super.visitVarInsn(ISTORE, base);
      }
      case RUN -> attach("attach", 0);
      case RUN_ARGUMENT -> attach("attachTask", lastArgument());
      case LOOP -> {
        call("apart", "()I");
        super.visitVarInsn(ISTORE, base);
      }
      default -> readEntry();
    }
    if (!constructor) {
      cover();
    }
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    super.visitTypeInsn(opcode, type);
    if (opcode == NEW) {
      unfinishedNews++;
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    if (opcode == INVOKESPECIAL && name.equals("<init>")) {
      if (unfinishedNews > 0) {
        unfinishedNews--;
      } else if (constructor && start == null) {
        cover();
      }
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= IRETURN && opcode <= RETURN) {
      exit(opcode);
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitFrame(int type, int count, Object[] local, int stackCount, Object[] stack) {
    List<Object> locals = new ArrayList<>(count + LOCALS);
    int slots = 0;
    for (int i = 0; i < count; i++) {
      locals.add(local[i]);
      slots += local[i] == Opcodes.LONG || local[i] == Opcodes.DOUBLE ? 2 : 1;
    }
    pad(locals, slots);
    if (constructor) {
      boolean made = !locals.contains(Opcodes.UNINITIALIZED_THIS);
      if (made && start == null) {
        cover();
      } else if (!made && start != null) {
        uncover();
      }
    }
    super.visitFrame(type, locals.size(), locals.toArray(), stackCount, stack);
  }

  @Override
  public void visitMaxs(int stack, int locals) {
    if (start != null) {
      uncover();
    }
    handle();
    super.visitMaxs(stack, locals);
  }

  private void handle() {
    Label handler = new Place();
    boolean any = false;
    for (int i = 0; i < covered.size(); i += 2) {
      // Nothing between two labels: such a part must not be written.
      if (covered.get(i).getOffset() < covered.get(i + 1).getOffset()) {
        super.visitTryCatchBlock(covered.get(i), covered.get(i + 1), handler, null);
        any = true;
      }
    }
    if (!any) {
      return;
    }
    super.visitLabel(handler);
    List<Object> frame = new ArrayList<>();
    pad(frame, 0);
    super.visitFrame(
        Opcodes.F_NEW, frame.size(), frame.toArray(), 1, new Object[] {"java/lang/Throwable"});
    switch (probe.kind) {
      case TIME -> {
        super.visitInsn(DUP);
        super.visitVarInsn(ILOAD, base);
        call("fail", "(Ljava/lang/Throwable;I)V");
      }
      case RUN, RUN_ARGUMENT, LOOP -> endToken("detach");
      default -> {
        super.visitInsn(DUP);
        pushSiteAndLocals(false);
        call(
            "thrown",
            "(Ljava/lang/Throwable;ILjava/lang/Object;Ljava/lang/Object;" + OBJECTS + ")V");
      }
    }
    super.visitInsn(ATHROW);
  }

  private void attach(String method, int slot) {
    super.visitVarInsn(ALOAD, slot);
    call(method, "(Ljava/lang/Object;)I");
    super.visitVarInsn(ISTORE, base);
  }

  private int lastArgument() {
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < parameters.length - 1; i++) {
      slot += parameters[i].getSize();
    }
    return slot;
  }

  private void cover() {
    start = new Place();
    super.visitLabel(start);
  }

  private void uncover() {
    Label end = new Place();
    super.visitLabel(end);
    covered.add(start);
    covered.add(end);
    start = null;
  }

  private void readEntry() {
    if (isStatic || constructor) {
      super.visitInsn(ACONST_NULL);
    } else {
      super.visitVarInsn(ALOAD, 0);
    }
    super.visitVarInsn(ASTORE, base + 1);
    push(parameters.length);
    super.visitTypeInsn(ANEWARRAY, OBJECT);
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < parameters.length; i++) {
      super.visitInsn(DUP);
      push(i);
      super.visitVarInsn(parameters[i].getOpcode(ILOAD), slot);
      box(parameters[i]);
      super.visitInsn(AASTORE);
      slot += parameters[i].getSize();
    }
    super.visitVarInsn(ASTORE, base + 2);
    push(site);
    super.visitVarInsn(ALOAD, base + 1);
    super.visitVarInsn(ALOAD, base + 2);
    call("before", "(ILjava/lang/Object;" + OBJECTS + ")Ljava/lang/Object;");
    super.visitVarInsn(ASTORE, base);
  }

  private void exit(int opcode) {
    switch (probe.kind) {
      case TIME -> endToken("exit");
      case RUN, RUN_ARGUMENT, LOOP -> endToken("detach");
      default -> readExit(opcode);
    }
  }

  private void readExit(int opcode) {
    boolean replaces = probe.replaces && opcode == ARETURN;
    if (opcode != ARETURN) {
      super.visitInsn(ACONST_NULL);
    } else {
      super.visitInsn(DUP);
    }
    pushSiteAndLocals(constructor);
    call(
        "after",
        "(Ljava/lang/Object;ILjava/lang/Object;Ljava/lang/Object;"
            + OBJECTS
            + ")Ljava/lang/Object;");
    if (replaces) {
      super.visitLdcInsn(returned);
      call("fitting", "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Class;)Ljava/lang/Object;");
      super.visitTypeInsn(CHECKCAST, returned.getInternalName());
    } else {
      super.visitInsn(POP);
    }
  }

  private void endToken(String method) {
    super.visitVarInsn(ILOAD, base);
    call(method, "(I)V");
  }

  private void pushSiteAndLocals(boolean selfIsReady) {
    push(site);
    super.visitVarInsn(ALOAD, base);
    super.visitVarInsn(ALOAD, selfIsReady ? 0 : base + 1);
    super.visitVarInsn(ALOAD, base + 2);
  }

  private void pad(List<Object> locals, int slots) {
    for (int i = slots; i < base; i++) {
      locals.add(Opcodes.TOP);
    }
    if (probe.kind == Probe.Kind.READ) {
      locals.add(OBJECT);
      locals.add(OBJECT);
      locals.add(OBJECTS);
    } else {
      locals.add(Opcodes.INTEGER);
    }
  }

  private void call(String method, String descriptor) {
    super.visitMethodInsn(INVOKESTATIC, RECORDER, method, descriptor, false);
  }

  private void push(int value) {
    if (value <= 5) {
      super.visitInsn(Opcodes.ICONST_0 + value);
    } else {
      super.visitIntInsn(Opcodes.SIPUSH, value);
    }
  }

  private void box(Type type) {
    String wrapper =
        switch (type.getSort()) {
          case Type.BOOLEAN -> "java/lang/Boolean";
          case Type.CHAR -> "java/lang/Character";
          case Type.BYTE -> "java/lang/Byte";
          case Type.SHORT -> "java/lang/Short";
          case Type.INT -> "java/lang/Integer";
          case Type.FLOAT -> "java/lang/Float";
          case Type.LONG -> "java/lang/Long";
          case Type.DOUBLE -> "java/lang/Double";
          default -> null;
        };
    if (wrapper != null) {
      super.visitMethodInsn(
          INVOKESTATIC,
          wrapper,
          "valueOf",
          "(" + type.getDescriptor() + ")L" + wrapper + ";",
          false);
    }
  }
}
