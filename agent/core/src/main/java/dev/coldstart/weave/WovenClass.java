package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** One class being woven. Methods without a probe are copied byte for byte. */
final class WovenClass {
  static final int ASM = Opcodes.ASM9;

  private final ClassReader reader;
  private final Map<String, Integer> maxLocals = new HashMap<>();
  private final Map<String, List<Site>> sites = new HashMap<>();

  private record Site(Probe probe, int id) {}

  WovenClass(byte[] bytes) {
    reader = new ClassReader(bytes);
    reader.accept(new Shape(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  /** Adds a probe. Returns whether a method has it. */
  boolean add(Probe probe, int site) {
    boolean any = false;
    for (String method : maxLocals.keySet()) {
      int parenthesis = method.indexOf('(');
      String descriptor = method.substring(parenthesis);
      if (probe.matches(
          method.substring(0, parenthesis), descriptor, Type.getArgumentTypes(descriptor).length)) {
        List<Site> here = sites.get(method);
        if (here == null) {
          here = new ArrayList<>();
          sites.put(method, here);
        }
        here.add(new Site(probe, site));
        any = true;
      }
    }
    return any;
  }

  byte[] toByteArray() {
    // Maxima are recomputed, frames are not: that would need to load the application's classes.
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Weaving(writer), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** Collects the methods with code, and how many local variables each uses. */
  private final class Shape extends ClassVisitor {
    Shape() {
      super(ASM);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      // Bridges call the real method: timing both would double it.
      if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)) != 0) {
        return null;
      }
      return new MethodVisitor(ASM) {
        @Override
        public void visitMaxs(int stack, int locals) {
          maxLocals.put(name + descriptor, locals);
        }
      };
    }
  }

  private final class Weaving extends ClassVisitor {
    Weaving(ClassVisitor next) {
      super(ASM, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      List<Site> here = sites.get(name + descriptor);
      if (here == null || !maxLocals.containsKey(name + descriptor)) {
        return next;
      }
      // The visitor that sees the code first has the lowest locals: frames are padded upwards.
      int free = maxLocals.get(name + descriptor) + (here.size() - 1) * AroundMethod.LOCALS;
      for (Site site : here) {
        switch (site.probe.kind) {
          case HAND_OFF, HAND_OFF_TO_POOL, HAND_OFF_THREAD, TAKE_TASK ->
              next = new HandOffMethod(next, access, name, descriptor, site.probe.kind);
          case RUN_CALLS -> next = new TaskLoopMethod(next);
          default -> {
            next = new AroundMethod(next, access, name, descriptor, site.probe, site.id, free);
          }
        }
        free -= AroundMethod.LOCALS;
      }
      return next;
    }
  }
}
