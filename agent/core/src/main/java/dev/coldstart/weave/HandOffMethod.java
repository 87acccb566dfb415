package dev.coldstart.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A method that queues or takes a task, or binds an object: tells the recorder at its entry. A
 * constructor tells at its end, when there is an object to tell of.
 */
final class HandOffMethod extends MethodVisitor {
  private static final String ONE = "(Ljava/lang/Object;)V";

  private final Probe.Kind kind;
  private final boolean constructor;
  private final int slot;

  HandOffMethod(MethodVisitor next, int access, String name, String descriptor, Probe.Kind kind) {
    super(WovenClass.ASM, next);
    this.kind = kind;
    this.constructor = name.equals("<init>");
    int last = (access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
    Type[] types = Type.getArgumentTypes(descriptor);
    for (int i = 0; i < types.length - 1; i++) {
      last += types[i].getSize();
    }
    boolean self = kind == Probe.Kind.HAND_OFF_SELF || kind == Probe.Kind.BIND;
    slot = self ? 0 : last;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (!constructor) {
      tell();
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (constructor && opcode == Opcodes.RETURN) {
      tell();
    }
    super.visitInsn(opcode);
  }

  private void tell() {
    if (kind == Probe.Kind.HAND_OFF_TO_POOL) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
    }
    super.visitVarInsn(Opcodes.ALOAD, slot);
    switch (kind) {
      case HAND_OFF_TO_POOL -> call("handOffToPool", "(Ljava/lang/Object;Ljava/lang/Object;)V");
      case TAKE_TASK -> call("taskTaken", ONE);
      case BIND -> call("bind", ONE);
      default -> call("handOff", ONE);
    }
  }

  private void call(String method, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, AroundMethod.RECORDER, method, descriptor, false);
  }
}
