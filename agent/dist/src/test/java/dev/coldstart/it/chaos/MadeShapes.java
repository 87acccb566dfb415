package dev.coldstart.it.chaos;

import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.ASTORE;
import static net.bytebuddy.jar.asm.Opcodes.IADD;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_1;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.IRETURN;
import static net.bytebuddy.jar.asm.Opcodes.ISTORE;
import static net.bytebuddy.jar.asm.Opcodes.JSR;
import static net.bytebuddy.jar.asm.Opcodes.NOP;
import static net.bytebuddy.jar.asm.Opcodes.RET;
import static net.bytebuddy.jar.asm.Opcodes.V17;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/** Class files that no compiler of today makes. Each has a method {@code run()}. */
final class MadeShapes {
  static final String JSR_CLASS = "shape.Jsr";
  static final String HUGE = "shape.Huge";
  static final String WIDE = "shape.Wide";

  /** The JVM's limits. */
  private static final int MAX_METHOD = 65_535;

  private static final int MAX_COMPILED = 8_000;
  private static final int MAX_SLOTS = 255;

  private MadeShapes() {}

  /** A {@code finally} as Java 1.4 compiled it: a subroutine that is called twice. */
  static Path subroutine(Path folder, int version) {
    ClassWriter type = begin(JSR_CLASS, version);
    MethodVisitor code = method(type, "probed", "(I)I");
    Label routine = new Label();
    code.visitJumpInsn(JSR, routine);
    code.visitJumpInsn(JSR, routine);
    code.visitVarInsn(ILOAD, 0);
    code.visitInsn(IRETURN);
    code.visitLabel(routine);
    code.visitVarInsn(ASTORE, 1);
    code.visitVarInsn(ILOAD, 0);
    code.visitInsn(ICONST_1);
    code.visitInsn(IADD);
    code.visitVarInsn(ISTORE, 0);
    code.visitVarInsn(RET, 1);
    code.visitMaxs(0, 0);
    MethodVisitor run = method(type, "run", "()Ljava/lang/String;");
    run.visitInsn(ICONST_1);
    run.visitMethodInsn(INVOKESTATIC, internal(JSR_CLASS), "probed", "(I)I", false);
    endText(run);
    return write(folder, JSR_CLASS, type);
  }

  /** As long as a method may be, and as long as the JIT compiles one, less a little. */
  static Path huge(Path folder) {
    ClassWriter type = begin(HUGE, V17);
    MethodVisitor run = method(type, "run", "()Ljava/lang/String;");
    run.visitInsn(ICONST_1);
    for (String name : new String[] {"probedHuge", "probedLong", "probedShort"}) {
      int spare = 8;
      int size =
          switch (name) {
            case "probedHuge" -> MAX_METHOD - spare;
            case "probedLong" -> MAX_COMPILED - spare;
            default -> spare;
          };
      MethodVisitor code = method(type, name, "(I)I");
      code.visitVarInsn(ILOAD, 0);
      code.visitInsn(ICONST_1);
      code.visitInsn(IADD);
      for (int i = 4; i < size; i++) {
        code.visitInsn(NOP);
      }
      code.visitInsn(IRETURN);
      code.visitMaxs(0, 0);
      run.visitMethodInsn(INVOKESTATIC, internal(HUGE), name, "(I)I", false);
    }
    endText(run);
    return write(folder, HUGE, type);
  }

  /** As many parameters as there may be. */
  static Path wide(Path folder) {
    ClassWriter type = begin(WIDE, V17);
    String descriptor = "(" + "I".repeat(MAX_SLOTS) + ")I";
    MethodVisitor code = method(type, "probed", descriptor);
    code.visitInsn(ICONST_1);
    for (int i = 0; i < MAX_SLOTS; i++) {
      code.visitVarInsn(ILOAD, i);
      code.visitInsn(IADD);
    }
    code.visitInsn(IRETURN);
    code.visitMaxs(0, 0);
    MethodVisitor run = method(type, "run", "()Ljava/lang/String;");
    for (int i = 0; i < MAX_SLOTS; i++) {
      run.visitInsn(ICONST_1);
    }
    run.visitMethodInsn(INVOKESTATIC, internal(WIDE), "probed", descriptor, false);
    endText(run);
    return write(folder, WIDE, type);
  }

  private static ClassWriter begin(String name, int version) {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(version, ACC_PUBLIC, internal(name), null, "java/lang/Object", null);
    return type;
  }

  private static MethodVisitor method(ClassWriter type, String name, String descriptor) {
    MethodVisitor code = type.visitMethod(ACC_PUBLIC | ACC_STATIC, name, descriptor, null, null);
    code.visitCode();
    return code;
  }

  private static void endText(MethodVisitor run) {
    run.visitMethodInsn(
        INVOKESTATIC, "java/lang/String", "valueOf", "(I)Ljava/lang/String;", false);
    run.visitInsn(ARETURN);
    run.visitMaxs(0, 0);
  }

  private static Path write(Path folder, String name, ClassWriter type) {
    type.visitEnd();
    try {
      Path file = folder.resolve(internal(name) + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, type.toByteArray());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String internal(String name) {
    return name.replace('.', '/');
  }
}
