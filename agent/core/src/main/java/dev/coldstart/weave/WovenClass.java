package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** One class being woven. Methods without a probe are copied byte for byte. */
final class WovenClass {
  static final int ASM = Opcodes.ASM9;

  private static final int MAJOR_VERSION = 6;

  /** Longer methods are never compiled by the JIT ({@code -XX:-DontCompileHugeMethods}), bytes. */
  private static final int MAX_COMPILED = 8_000;

  private final ClassReader reader;
  private final List<Site> wanted = new ArrayList<>();
  private final Map<String, List<Site>> sites = new HashMap<>();
  private final Map<String, Integer> maxLocals = new HashMap<>();
  private final Set<String> overwritten = new HashSet<>();
  private final Map<String, Label> ends = new HashMap<>();
  private final Map<String, String> leftAlone = new TreeMap<>();
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
    return sites();
  }

  /** The sites that are woven; after {@link #weave}. */
  Set<Integer> sites() {
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

  /** Names of the methods found that are not woven, with the reason; after {@link #weave}. */
  Map<String, String> leftAlone() {
    return leftAlone;
  }

  /** The class with what was found, but for methods that would get too long; null without any. */
  byte[] weave() {
    overwritten.forEach(method -> leaveOut(method, "it overwrites its object"));
    while (!sites.isEmpty()) {
      try {
        byte[] bytes = write(sites.keySet(), true);
        if (!leaveOutTooLong()) {
          return bytes;
        }
      } catch (MethodTooLargeException e) {
        leaveOut(e.getMethodName() + e.getDescriptor(), "it would be too large for the JVM");
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
    Set<String> tooLong = tooLong(sites.keySet());
    if (!tooLong.isEmpty()) {
      write(tooLong, false);
      tooLong.removeAll(tooLong(tooLong));
    }
    tooLong.forEach(method -> leaveOut(method, "it would be too long for the JIT compiler"));
    return !tooLong.isEmpty();
  }

  private Set<String> tooLong(Set<String> methods) {
    Set<String> some = new HashSet<>(methods);
    some.removeIf(method -> ends.get(method).getOffset() <= MAX_COMPILED);
    return some;
  }

  private void leaveOut(String method, String reason) {
    if (sites.remove(method) == null) {
      throw new IllegalStateException("not ours: " + method);
    }
    leftAlone.put(method.substring(0, method.indexOf('(')), reason);
  }

  /** Marks where the code of some methods ends. */
  private final class Measured extends ClassVisitor {
    private final Set<String> methods;

    Measured(ClassVisitor next, Set<String> methods) {
      super(ASM, next);
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
      return new MethodVisitor(ASM, next) {
        @Override
        public void visitMaxs(int stack, int locals) {
          Label end = new Label();
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
        public void visitVarInsn(int opcode, int slot) {
          // Only optimizers do that. There is nothing to tell of at the end of such a constructor.
          boolean stores = opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
          if (stores && slot == 0 && name.equals("<init>")) {
            overwritten.add(name + descriptor);
          }
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
          case LET_GO -> next = new LetGoMethod(next);
          case LOOK_UP -> next = new LookUpMethod(next, reader.getClassName(), descriptor);
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
