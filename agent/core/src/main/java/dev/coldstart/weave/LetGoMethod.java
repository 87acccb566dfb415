package dev.coldstart.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A method of a completable future's stage: once it has called the stage's function, or has set the
 * stage's field {@code dep} to null, the stage does nothing more. Without this a busy service has a
 * table full of stages that wait for the collector. A JDK that names things otherwise leaves them
 * to it.
 */
final class LetGoMethod extends MethodVisitor {
  private boolean nothingPushed;

  LetGoMethod(MethodVisitor next) {
    super(WovenClass.ASM, next);
  }

  @Override
  public void visitInsn(int opcode) {
    super.visitInsn(opcode);
    nothingPushed = opcode == Opcodes.ACONST_NULL;
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    nothingPushed = false;
    if (opcode == Opcodes.INVOKEINTERFACE && owner.startsWith("java/util/function/")) {
      letGo();
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    super.visitFieldInsn(opcode, owner, name, descriptor);
    if (opcode == Opcodes.PUTFIELD && name.equals("dep") && nothingPushed) {
      letGo();
    }
    nothingPushed = false;
  }

  private void letGo() {
    super.visitVarInsn(Opcodes.ALOAD, 0);
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC, AroundMethod.RECORDER, "letGo", "(Ljava/lang/Object;)V", false);
  }
}
