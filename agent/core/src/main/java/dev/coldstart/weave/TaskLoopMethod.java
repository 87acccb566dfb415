package dev.coldstart.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** A pool's worker loop: each task it runs works for the request that queued it. */
final class TaskLoopMethod extends MethodVisitor {
  TaskLoopMethod(MethodVisitor next) {
    super(WovenClass.ASM, next);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    // A Runnable's, or that of a Timer's tasks.
    boolean task =
        (opcode == Opcodes.INVOKEINTERFACE || opcode == Opcodes.INVOKEVIRTUAL)
            && name.equals("run")
            && descriptor.equals("()V");
    if (task) {
      super.visitInsn(Opcodes.DUP);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, AroundMethod.RECORDER, "nextTask", "(Ljava/lang/Object;)V", false);
    }
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    if (task) {
      // When the task throws this is skipped, and the next task resets the thread just as well.
      super.visitMethodInsn(Opcodes.INVOKESTATIC, AroundMethod.RECORDER, "taskDone", "()V", false);
    }
  }
}
