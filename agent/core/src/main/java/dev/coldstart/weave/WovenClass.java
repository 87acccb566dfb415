package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** One class being woven. Methods without a probe are copied byte for byte. */
final class WovenClass {
  static final int ASM = Opcodes.ASM9;

  private static final int MAJOR_VERSION = 6;

  private final ClassReader reader;
  private final List<Site> wanted = new ArrayList<>();
  private final Map<String, List<Site>> sites = new HashMap<>();
  private final Map<String, Integer> maxLocals = new HashMap<>();
  private boolean wovenBefore;
  private final Set<Integer> onlyDeclared = new HashSet<>();

  private record Site(Probe probe, int id) {}

  WovenClass(byte[] bytes) {
    reader = new ClassReader(bytes);
  }

  /** A probe to weave wherever it matches. */
  void want(Probe probe, int site) {
    if (!probe.replaces || canReplace()) {
      wanted.add(new Site(probe, site));
    }
  }

  /** It takes a class constant to tell whether a replaced result fits. */
  private boolean canReplace() {
    return reader.readShort(MAJOR_VERSION) >= Opcodes.V1_5;
  }

  /** Looks for the methods of the wanted probes. Returns the sites that have one. */
  Set<Integer> find() {
    reader.accept(new Shape(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    Set<Integer> found = new HashSet<>();
    for (List<Site> here : sites.values()) {
      for (Site site : here) {
        found.add(site.id);
      }
    }
    return found;
  }

  /** Whether one of the methods found calls the recorder, so that it would count twice. */
  boolean wovenBefore() {
    return wovenBefore;
  }

  /** Whether this is an interface by now: this version has the method in other classes. */
  boolean onlyDeclares(int site) {
    return onlyDeclared.contains(site);
  }

  byte[] toByteArray() {
    // Maxima are recomputed, frames are not: that would need to load the application's classes.
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Weaving(writer), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** Finds the methods to weave, and how many local variables each uses; skips all others. */
  private final class Shape extends ClassVisitor {
    Shape() {
      super(ASM);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      // Bridges call the real method: timing both would double it.
      if ((access & (Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)) != 0) {
        return null;
      }
      List<Site> here = null;
      for (Site site : wanted) {
        if (!site.probe.matches(name, descriptor)) {
          continue;
        }
        if ((access & Opcodes.ACC_ABSTRACT) != 0) {
          if ((reader.getAccess() & Opcodes.ACC_INTERFACE) != 0) {
            onlyDeclared.add(site.id);
          }
        } else {
          here = here == null ? new ArrayList<>() : here;
          here.add(site);
        }
      }
      if (here == null) {
        return null;
      }
      sites.put(name + descriptor, here);
      return new MethodVisitor(ASM) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean isInterface) {
          wovenBefore |= owner.equals(AroundMethod.RECORDER);
        }

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
      if (here == null || (access & Opcodes.ACC_BRIDGE) != 0) {
        return next;
      }
      // The visitor that sees the code first has the lowest locals: frames are padded upwards.
      int free = maxLocals.get(name + descriptor) + (here.size() - 1) * AroundMethod.LOCALS;
      for (Site site : here) {
        Probe probe = canReplace() ? site.probe.in(descriptor) : site.probe;
        switch (probe.kind) {
          case HAND_OFF, HAND_OFF_SELF, HAND_OFF_TO_POOL, BIND, TAKE_TASK ->
              next = new HandOffMethod(next, access, name, descriptor, probe.kind);
          case RUN_CALLS -> next = new TaskLoopMethod(next);
          default -> {
            next = new AroundMethod(next, access, name, descriptor, probe, site.id, free);
          }
        }
        free -= AroundMethod.LOCALS;
      }
      return next;
    }
  }
}
