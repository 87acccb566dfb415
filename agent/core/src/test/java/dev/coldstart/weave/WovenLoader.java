package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * Defines copies of classes of the test class path, each with probes on all of its methods. What it
 * defines is verified like any class of an application.
 */
final class WovenLoader extends ClassLoader {
  static final int FIRST_SITE = 3_000;

  private final Predicate<String> mine;
  private final UnaryOperator<byte[]> before;
  private final List<BiFunction<String, String, Probe>> probes;

  /**
   * A loader.
   *
   * @param mine binary names of the classes to weave
   * @param before applied to a class file first
   * @param probes each makes a probe of a type and the name of one of its methods
   */
  WovenLoader(
      Predicate<String> mine,
      UnaryOperator<byte[]> before,
      List<BiFunction<String, String, Probe>> probes) {
    super(WovenLoader.class.getClassLoader());
    this.mine = mine;
    this.before = before;
    this.probes = probes;
  }

  static BiFunction<String, String, Probe> timing() {
    return (type, method) -> Probe.time(dev.coldstart.phase.Phase.EMBEDDING, "x", type, method);
  }

  static BiFunction<String, String, Probe> reading(Hook hook) {
    return (type, method) -> Probe.read(type, method, hook);
  }

  static BiFunction<String, String, Probe> replacing(Hook hook) {
    return (type, method) -> Probe.read(type, method, hook).replacingResult();
  }

  static byte[] bytes(String name) throws IOException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = WovenLoader.class.getClassLoader().getResourceAsStream(path)) {
      return in.readAllBytes();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      return mine.test(name) ? define(name) : super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try {
      byte[] woven = weave(name, before.apply(bytes(name)));
      return defineClass(name, woven, 0, woven.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] weave(String name, byte[] bytes) {
    WovenClass woven = new WovenClass(bytes);
    for (String method : methods(bytes)) {
      for (int i = 0; i < probes.size(); i++) {
        Probe probe = probes.get(i).apply(name, method);
        Sites.register(FIRST_SITE + i, probe);
        woven.want(probe, FIRST_SITE + i);
      }
    }
    woven.find();
    byte[] result = woven.weave();
    return result == null ? bytes : result;
  }

  /** Names of methods; a static initializer may run while the test looks away. */
  static List<String> methods(byte[] bytes) {
    Set<String> names = new LinkedHashSet<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(WovenClass.ASM) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                names.add(name);
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    names.remove("<clinit>");
    return new ArrayList<>(names);
  }
}
