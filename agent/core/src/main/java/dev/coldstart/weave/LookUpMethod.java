package dev.coldstart.weave;

import dev.coldstart.weave.code.Place;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The method of a class loader that looks up a class by its name and asks the boot loader for
 * {@code java.*} only: it asks it for what woven code calls as well. Nothing but the JDK is called,
 * and every other name goes the loader's own way.
 */
final class LookUpMethod extends MethodVisitor {
  private static final String PACKAGE = "dev.coldstart.bootstrap.";
  private static final int NAME = 1;

  private final List<Object> locals = new ArrayList<>();

  LookUpMethod(MethodVisitor next, String owner, String descriptor) {
    super(WovenClass.ASM, next);
    locals.add(owner);
    for (Type parameter : Type.getArgumentTypes(descriptor)) {
      locals.add(
          parameter.getSort() == Type.BOOLEAN ? Opcodes.INTEGER : parameter.getInternalName());
    }
  }

  @Override
  public void visitCode() {
    super.visitCode();
    Label other = new Place();
    super.visitVarInsn(Opcodes.ALOAD, NAME);
    super.visitLdcInsn(PACKAGE);
    super.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, "java/lang/String", "startsWith", "(Ljava/lang/String;)Z", false);
    super.visitJumpInsn(Opcodes.IFEQ, other);
    super.visitVarInsn(Opcodes.ALOAD, NAME);
    super.visitInsn(Opcodes.ICONST_0);
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        "java/lang/Class",
        "forName",
        "(Ljava/lang/String;ZLjava/lang/ClassLoader;)Ljava/lang/Class;",
        false);
    super.visitInsn(Opcodes.ARETURN);
    super.visitLabel(other);
    super.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, null);
    // The method may begin with a frame of its own, and there is one for each instruction.
    super.visitInsn(Opcodes.NOP);
  }
}
