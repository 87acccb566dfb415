package dev.coldstart.weave;

import dev.coldstart.weave.code.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** A class that ASM reads and writes as a whole, because a patch of it is not possible. */
final class AsmClass {
  private final WovenClass woven;
  private final ClassReader reader;
  private final Map<String, Label> ends = new HashMap<>();

  AsmClass(WovenClass woven, byte[] bytes) {
    this.woven = woven;
    this.reader = new ClassReader(bytes);
  }

  /** Looks for the methods of the wanted probes. */
  void find() {
    reader.accept(new Shape(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  /** The class with what was found, but for methods that would get too long; null without any. */
  byte[] weave() {
    while (!woven.methods().isEmpty()) {
      try {
        byte[] bytes = write(woven.methods(), true);
        if (!leaveOutTooLong()) {
          return bytes;
        }
      } catch (MethodTooLargeException e) {
        woven.leaveOut(e.getMethodName() + e.getDescriptor(), "it would be too large for the JVM");
      }
    }
    return null;
  }

  private byte[] write(Set<String> measured, boolean weaving) {
    ends.clear();
    // Maxima are recomputed, frames are not: that would need to load the application's classes.
    ClassWriter writer = new ClassWriter(reader, weaving ? ClassWriter.COMPUTE_MAXS : 0);
    ClassVisitor measuring = new Measured(writer, measured);
    reader.accept(weaving ? new Weaving(measuring) : measuring, ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** A method that the JIT compiles must not become one that it does not. */
  private boolean leaveOutTooLong() {
    Set<String> tooLong = tooLong(woven.methods());
    if (!tooLong.isEmpty()) {
      write(tooLong, false);
      tooLong.removeAll(tooLong(tooLong));
    }
    tooLong.forEach(method -> woven.leaveOut(method, "it would be too long for the JIT compiler"));
    return !tooLong.isEmpty();
  }

  private Set<String> tooLong(Set<String> methods) {
    Set<String> some = new HashSet<>(methods);
    some.removeIf(method -> ends.get(method).getOffset() <= WovenClass.MAX_COMPILED);
    return some;
  }

  /** Marks where the code of some methods ends. */
  private final class Measured extends ClassVisitor {
    private final Set<String> methods;

    Measured(ClassVisitor next, Set<String> methods) {
      super(WovenClass.ASM, next);
      this.methods = methods;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      String method = name + descriptor;
      if (!methods.contains(method) || (access & Opcodes.ACC_BRIDGE) != 0) {
        return next;
      }
      return new MethodVisitor(WovenClass.ASM, next) {
        @Override
        public void visitMaxs(int stack, int locals) {
          Label end = new Place();
          super.visitLabel(end);
          ends.put(method, end);
          super.visitMaxs(stack, locals);
        }
      };
    }
  }

  /** Finds the methods to weave, and how many local variables each uses; skips all others. */
  private final class Shape extends ClassVisitor {
    Shape() {
      super(WovenClass.ASM);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if (!woven.matches(access, reader.getAccess(), name, descriptor)) {
        return null;
      }
      return new MethodVisitor(WovenClass.ASM) {
        private boolean overwrites;

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean isInterface) {
          if (owner.equals(AroundMethod.RECORDER)) {
            woven.isWovenBefore();
          }
        }

        @Override
        public void visitVarInsn(int opcode, int slot) {
          boolean stores = opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
          overwrites |= stores && slot == 0;
        }

        @Override
        public void visitMaxs(int stack, int locals) {
          woven.found(name, descriptor, locals, overwrites);
        }
      };
    }
  }

  private final class Weaving extends ClassVisitor {
    Weaving(ClassVisitor next) {
      super(WovenClass.ASM, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      boolean bridge = (access & Opcodes.ACC_BRIDGE) != 0;
      return bridge || !woven.methods().contains(name + descriptor)
          ? next
          : woven.around(next, access, reader.getClassName(), name, descriptor);
    }
  }
}
