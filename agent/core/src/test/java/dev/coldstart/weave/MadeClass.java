package dev.coldstart.weave;

import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.F_NEW;
import static net.bytebuddy.jar.asm.Opcodes.GOTO;
import static net.bytebuddy.jar.asm.Opcodes.IADD;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_0;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_1;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_3;
import static net.bytebuddy.jar.asm.Opcodes.IFEQ;
import static net.bytebuddy.jar.asm.Opcodes.IF_ICMPGE;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;
import static net.bytebuddy.jar.asm.Opcodes.INTEGER;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.IRETURN;
import static net.bytebuddy.jar.asm.Opcodes.ISTORE;
import static net.bytebuddy.jar.asm.Opcodes.LADD;
import static net.bytebuddy.jar.asm.Opcodes.LLOAD;
import static net.bytebuddy.jar.asm.Opcodes.LONG;
import static net.bytebuddy.jar.asm.Opcodes.LRETURN;
import static net.bytebuddy.jar.asm.Opcodes.NOP;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.UNINITIALIZED_THIS;
import static net.bytebuddy.jar.asm.Opcodes.V1_7;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/** Class files no compiler of today makes; they take the place of this class in a loader. */
final class MadeClass {
  static final String NAME = MadeClass.class.getName();
  private static final String INTERNAL = NAME.replace('.', '/');

  private MadeClass() {}

  /** {@code run()} is 42L; {@code add} has a branch and a handler. */
  static byte[] ofVersion(int version) {
    ClassWriter type = begin(version);
    MethodVisitor run = method(type, "run", "()J");
    run.visitLdcInsn(40L);
    run.visitInsn(ICONST_1);
    run.visitMethodInsn(INVOKESTATIC, INTERNAL, "add", "(JI)J", false);
    end(run, LRETURN);

    MethodVisitor add = method(type, "add", "(JI)J");
    Label from = new Label();
    Label to = new Label();
    Label handler = new Label();
    Label zero = new Label();
    add.visitTryCatchBlock(from, to, handler, "java/lang/RuntimeException");
    add.visitLabel(from);
    add.visitVarInsn(ILOAD, 2);
    add.visitJumpInsn(IFEQ, zero);
    add.visitVarInsn(LLOAD, 0);
    add.visitLdcInsn(2L);
    add.visitInsn(LADD);
    add.visitInsn(LRETURN);
    add.visitLabel(to);
    add.visitLabel(zero);
    add.visitFrame(F_NEW, 2, new Object[] {LONG, INTEGER}, 0, null);
    add.visitVarInsn(LLOAD, 0);
    add.visitInsn(LRETURN);
    add.visitLabel(handler);
    add.visitFrame(
        F_NEW, 2, new Object[] {LONG, INTEGER}, 1, new Object[] {"java/lang/RuntimeException"});
    add.visitInsn(POP);
    add.visitLdcInsn(-1L);
    end(add, LRETURN);
    type.visitEnd();
    return type.toByteArray();
  }

  /** {@code run()} is 3; {@code large} loops three times over so many bytes. */
  static byte[] withMethodOf(int size) {
    ClassWriter type = begin(V1_7);
    MethodVisitor run = method(type, "run", "()Ljava/lang/Object;");
    run.visitMethodInsn(INVOKESTATIC, INTERNAL, "large", "()I", false);
    run.visitMethodInsn(
        INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
    end(run, net.bytebuddy.jar.asm.Opcodes.ARETURN);

    MethodVisitor large = method(type, "large", "()I");
    large.visitInsn(ICONST_0);
    large.visitVarInsn(ISTORE, 0);
    Label loop = new Label();
    Label done = new Label();
    large.visitLabel(loop);
    large.visitFrame(F_NEW, 1, new Object[] {INTEGER}, 0, null);
    large.visitVarInsn(ILOAD, 0);
    large.visitInsn(ICONST_3);
    large.visitJumpInsn(IF_ICMPGE, done);
    for (int i = 0; i < size - 20; i++) {
      large.visitInsn(NOP);
    }
    large.visitVarInsn(ILOAD, 0);
    large.visitInsn(ICONST_1);
    large.visitInsn(IADD);
    large.visitVarInsn(ISTORE, 0);
    large.visitJumpInsn(GOTO, loop);
    large.visitLabel(done);
    large.visitFrame(F_NEW, 1, new Object[] {INTEGER}, 0, null);
    large.visitVarInsn(ILOAD, 0);
    end(large, IRETURN);
    type.visitEnd();
    return type.toByteArray();
  }

  /** A constructor with a call of {@code super()} on each of two ways, as Groovy makes them. */
  static byte[] withTwoSuperCalls() {
    ClassWriter type = begin(V1_7);
    MethodVisitor init = type.visitMethod(ACC_PUBLIC, "<init>", "(I)V", null, null);
    Label other = new Label();
    Label done = new Label();
    init.visitCode();
    init.visitVarInsn(ILOAD, 1);
    init.visitJumpInsn(IFEQ, other);
    callSuper(init);
    init.visitJumpInsn(GOTO, done);
    init.visitLabel(other);
    init.visitFrame(F_NEW, 2, new Object[] {UNINITIALIZED_THIS, INTEGER}, 0, null);
    callSuper(init);
    init.visitLabel(done);
    init.visitFrame(F_NEW, 2, new Object[] {INTERNAL, INTEGER}, 0, null);
    end(init, RETURN);
    type.visitEnd();
    return type.toByteArray();
  }

  /** A constructor that keeps a number where its object was. */
  static byte[] overwritingThis() {
    ClassWriter type = begin(V1_7);
    MethodVisitor init = type.visitMethod(ACC_PUBLIC, "<init>", "(I)V", null, null);
    Label done = new Label();
    init.visitCode();
    callSuper(init);
    init.visitVarInsn(ILOAD, 1);
    init.visitVarInsn(ISTORE, 0);
    init.visitVarInsn(ILOAD, 0);
    init.visitJumpInsn(IFEQ, done);
    init.visitLabel(done);
    init.visitFrame(F_NEW, 2, new Object[] {INTEGER, INTEGER}, 0, null);
    end(init, RETURN);
    type.visitEnd();
    return type.toByteArray();
  }

  private static void callSuper(MethodVisitor init) {
    init.visitVarInsn(ALOAD, 0);
    init.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
  }

  private static ClassWriter begin(int version) {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(version, ACC_PUBLIC, INTERNAL, null, "java/lang/Object", null);
    return type;
  }

  private static MethodVisitor method(ClassWriter type, String name, String descriptor) {
    MethodVisitor code = type.visitMethod(ACC_PUBLIC | ACC_STATIC, name, descriptor, null, null);
    code.visitCode();
    return code;
  }

  private static void end(MethodVisitor code, int opcode) {
    code.visitInsn(opcode);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
