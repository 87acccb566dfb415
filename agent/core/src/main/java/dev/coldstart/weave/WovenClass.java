package dev.coldstart.weave;

import dev.coldstart.weave.code.ClassPatch;
import dev.coldstart.weave.code.CodeWriter;
import dev.coldstart.weave.code.MethodPatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * One class being woven. A patch of the class file does it; ASM reads and writes those that are too
 * old or too odd for that. Methods without a probe are copied byte for byte in either way.
 */
final class WovenClass {
  static final int ASM = Opcodes.ASM9;

  /** Longer methods are never compiled by the JIT ({@code -XX:-DontCompileHugeMethods}), bytes. */
  static final int MAX_COMPILED = 8_000;

  private static final int MAJOR_VERSION = 7;

  private final byte[] original;
  private final List<Site> wanted = new ArrayList<>();

  /** Names of the methods that the wanted probes are for. */
  private final Set<String> names = new HashSet<>();

  private final Map<String, List<Site>> sites = new HashMap<>();
  private final Map<String, Integer> maxLocals = new HashMap<>();
  private final Set<String> overwritten = new HashSet<>();
  private final Map<String, String> leftAlone = new TreeMap<>();
  private final Set<Integer> onlyDeclared = new HashSet<>();
  private boolean wovenBefore;

  /** Null: it takes ASM. */
  private final ClassPatch patch;

  /** Null as long as it does not take ASM. */
  private AsmClass asm;

  private record Site(Probe probe, int id) {}

  WovenClass(byte[] bytes) {
    this(bytes, true);
  }

  /**
   * A class to weave.
   *
   * @param patching whether a patch may do it
   */
  WovenClass(byte[] bytes, boolean patching) {
    original = bytes;
    patch = patching ? ClassPatch.of(bytes, AroundMethod.RECORDER) : null;
    asm = patch == null ? new AsmClass(this, bytes) : null;
  }

  /** Whether it took ASM; after {@link #weave}. */
  boolean tookAsm() {
    return asm != null;
  }

  /** A probe to weave wherever it matches. */
  void want(Probe probe, int site) {
    if (!probe.replaces || canReplace()) {
      wanted.add(new Site(probe, site));
      names.add(probe.method);
    }
  }

  /** It takes a class constant to tell whether a replaced result fits. */
  private boolean canReplace() {
    return original[MAJOR_VERSION] >= Opcodes.V1_5;
  }

  /** Looks for the methods of the wanted probes. Returns the sites that have one. */
  Set<Integer> find() {
    if (patch == null) {
      asm.find();
      return sites();
    }
    for (int i = 0; i < patch.methods(); i++) {
      if (!patch.isNamed(i, names)) {
        continue;
      }
      MethodPatch method = patch.method(i);
      String name = method.name();
      String descriptor = method.descriptor();
      if (matches(method.access(), patch.access(), name, descriptor)) {
        boolean overwrites = name.equals("<init>") && method.overwritesFirst();
        found(name, descriptor, method.maxLocals(), overwrites);
      }
    }
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
    for (String method : overwritten) {
      leaveOut(method, "it overwrites its object");
    }
    if (sites.isEmpty()) {
      return null;
    }
    byte[] patched = patch == null ? null : patched();
    if (patched != null) {
      return patched;
    }
    if (asm == null) {
      asm = new AsmClass(this, original);
    }
    return asm.weave();
  }

  /** Null when it takes ASM, or when a method has got too long. */
  private byte[] patched() {
    for (int i = 0; i < patch.methods(); i++) {
      if (!patch.isNamed(i, names)) {
        continue;
      }
      MethodPatch method = patch.method(i);
      String name = method.name();
      String descriptor = method.descriptor();
      if ((method.access() & Opcodes.ACC_BRIDGE) == 0 && sites.containsKey(name + descriptor)) {
        CodeWriter out = method.writer(ASM);
        MethodVisitor first = around(out, method.access(), patch.name(), name, descriptor);
        byte[] changed = method.with(first, out, letsGo(name + descriptor));
        if (changed == null || out.size() > MAX_COMPILED) {
          return null;
        }
        patch.change(i, changed);
      }
    }
    return patch.toBytes();
  }

  private boolean letsGo(String method) {
    for (Site site : sites.get(method)) {
      if (site.probe.kind == Probe.Kind.LET_GO) {
        return true;
      }
    }
    return false;
  }

  /** Name and descriptor of each method that is to be woven. */
  Set<String> methods() {
    return sites.keySet();
  }

  void isWovenBefore() {
    wovenBefore = true;
  }

  /** Remembers which of the wanted probes a method is for. Returns whether there is one. */
  boolean matches(int access, int accessOfClass, String name, String descriptor) {
    // Bridges call the real method: timing both would double it.
    if ((access & (Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)) != 0) {
      return false;
    }
    List<Site> here = null;
    for (Site site : wanted) {
      if (!site.probe.matches(name, descriptor)) {
        continue;
      }
      if ((access & Opcodes.ACC_ABSTRACT) != 0) {
        if ((accessOfClass & Opcodes.ACC_INTERFACE) != 0) {
          onlyDeclared.add(site.id);
        }
      } else {
        here = here == null ? new ArrayList<>() : here;
        here.add(site);
      }
    }
    if (here == null) {
      return false;
    }
    sites.put(name + descriptor, here);
    return true;
  }

  /** A method for which there is a probe has so many local variables. */
  void found(String name, String descriptor, int locals, boolean overwritesFirst) {
    maxLocals.put(name + descriptor, locals);
    // Only optimizers do that. There is nothing to tell of at the end of such a constructor.
    if (overwritesFirst && name.equals("<init>")) {
      overwritten.add(name + descriptor);
    }
  }

  void leaveOut(String method, String reason) {
    if (sites.remove(method) == null) {
      throw new IllegalStateException("not ours: " + method);
    }
    leftAlone.put(method.substring(0, method.indexOf('(')), reason);
  }

  /** The visitors that weave a method: the one that sees its code first. */
  MethodVisitor around(
      MethodVisitor last, int access, String owner, String name, String descriptor) {
    MethodVisitor next = last;
    List<Site> here = sites.get(name + descriptor);
    // The visitor that sees the code first has the lowest locals: frames are padded upwards.
    int free = maxLocals.get(name + descriptor) + (here.size() - 1) * AroundMethod.LOCALS;
    for (Site site : here) {
      Probe probe = canReplace() ? site.probe.in(descriptor) : site.probe;
      switch (probe.kind) {
        case HAND_OFF, HAND_OFF_SELF, HAND_OFF_TO_POOL, BIND, TAKE_TASK ->
            next = new HandOffMethod(next, access, name, descriptor, probe.kind);
        case RUN_CALLS -> next = new TaskLoopMethod(next);
        case LET_GO -> next = new LetGoMethod(next);
        case LOOK_UP -> next = new LookUpMethod(next, owner, descriptor);
        default -> {
          next = new AroundMethod(next, access, name, descriptor, probe, site.id, free);
        }
      }
      free -= AroundMethod.LOCALS;
    }
    return next;
  }
}
