package dev.coldstart.cli;

import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ACONST_NULL;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.GETSTATIC;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEVIRTUAL;
import static net.bytebuddy.jar.asm.Opcodes.NEW;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.V17;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * A program whose one class bears the name of a class the agent has a probe for. It calls the
 * probed method and then waits for the end of its stdin, so that the agent has all the time it
 * needs.
 */
final class ProbedProgram {
  static final String MAIN_CLASS = "com.zaxxer.hikari.pool.PoolBase";

  /** What a report calls the probed method. */
  static final String SPAN = "pool connection";

  private static final String NAME = MAIN_CLASS.replace('.', '/');
  private static final String PROBED = "newConnection";

  private ProbedProgram() {}

  static byte[] bytes() {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(V17, ACC_PUBLIC, NAME, null, "java/lang/Object", null);
    MethodVisitor code = begin(type, ACC_PUBLIC, "<init>", "()V");
    code.visitVarInsn(ALOAD, 0);
    code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    end(code, RETURN);

    code = begin(type, ACC_PUBLIC, PROBED, "()Ljava/lang/Object;");
    code.visitInsn(ACONST_NULL);
    end(code, ARETURN);

    code = begin(type, ACC_PUBLIC | ACC_STATIC, "main", "([Ljava/lang/String;)V");
    code.visitTypeInsn(NEW, NAME);
    code.visitInsn(DUP);
    code.visitMethodInsn(INVOKESPECIAL, NAME, "<init>", "()V", false);
    code.visitMethodInsn(INVOKEVIRTUAL, NAME, PROBED, "()Ljava/lang/Object;", false);
    code.visitInsn(POP);
    code.visitFieldInsn(GETSTATIC, "java/lang/System", "in", "Ljava/io/InputStream;");
    code.visitMethodInsn(INVOKEVIRTUAL, "java/io/InputStream", "read", "()I", false);
    code.visitInsn(POP);
    end(code, RETURN);
    type.visitEnd();
    return type.toByteArray();
  }

  private static MethodVisitor begin(ClassWriter type, int access, String name, String descriptor) {
    MethodVisitor code = type.visitMethod(access, name, descriptor, null, null);
    code.visitCode();
    return code;
  }

  private static void end(MethodVisitor code, int opcode) {
    code.visitInsn(opcode);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
