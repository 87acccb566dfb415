package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.phase.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A patch of a class file and ASM, two ways to weave a class, give the same class. */
class PatchedClassTest {
  /** One class of three is enough to meet each way a compiler has. */
  private static final int EVERY = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.google.gson.Gson",
        "io.opentelemetry.sdk.trace.SdkTracerProvider",
        "net.jqwik.api.Arbitraries",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "kotlin.Unit"
      })
  void isTheClassThatAsmMakes(String inLibrary) throws Exception {
    Path jar =
        Path.of(
            Class.forName(inLibrary).getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> different = new ArrayList<>();
    int patched = 0;
    int number = 0;
    int all = 0;
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> e = file.entries(); e.hasMoreElements(); ) {
        JarEntry entry = e.nextElement();
        boolean type = entry.getName().endsWith(".class") && !entry.getName().contains("-info");
        if (type && number++ % EVERY == 0) {
          byte[] bytes = file.getInputStream(entry).readAllBytes();
          WovenClass one = wanting(bytes, true);
          byte[] result = one.weave();
          if (!Arrays.equals(plain(result), plain(wanting(bytes, false).weave()))) {
            different.add(entry.getName());
          }
          if (bytes[7] >= Opcodes.V1_7) {
            patched += one.tookAsm() ? 0 : 1;
            all++;
          }
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(patched).isGreaterThan(all * 9 / 10);
  }

  /** Names of methods are compared as class files have them, which is not one byte a character. */
  @Test
  void findsMethodsOfAnyName() {
    ClassWriter made = new ClassWriter(0);
    made.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Made", null, "java/lang/Object", null);
    for (String name : List.of("größe", "gr", "\u0142\u8a9e")) {
      MethodVisitor code = made.visitMethod(Opcodes.ACC_STATIC, name, "()V", null, null);
      code.visitCode();
      code.visitInsn(Opcodes.RETURN);
      code.visitMaxs(0, 0);
      code.visitEnd();
    }
    WovenClass woven = new WovenClass(made.toByteArray());
    String[] names = {"größe", "gr", "größer", "größ", "\u0142\u8a9e", "\u0142\u8a9f"};
    for (int i = 0; i < names.length; i++) {
      woven.want(Probe.time(Phase.EMBEDDING, "x", "x", names[i]), i);
    }

    assertThat(woven.find()).containsExactlyInAnyOrder(0, 1, 4);
    assertThat(woven.weave()).isNotNull();
    assertThat(woven.tookAsm()).isFalse();
  }

  /** What is woven into class loaders has a branch, and a frame of its own. */
  @Test
  void looksUpClassesAsAsmDoes() throws IOException {
    byte[] bytes;
    try (InputStream in = ClassLoader.class.getResourceAsStream("ClassLoader.class")) {
      bytes = in.readAllBytes();
    }
    byte[][] results = new byte[2][];
    for (int i = 0; i < 2; i++) {
      WovenClass woven = new WovenClass(bytes, i == 0);
      woven.want(Probe.lookUp("java.lang.ClassLoader", "loadClass"), 1);
      assertThat(woven.find()).containsExactly(1);
      results[i] = plain(woven.weave());
      assertThat(woven.tookAsm()).isEqualTo(i == 1);
    }
    assertThat(results[0]).isEqualTo(results[1]).isNotEqualTo(plain(bytes));
  }

  /** One with probes of several kinds on all methods. */
  private static WovenClass wanting(byte[] bytes, boolean patching) {
    WovenClass woven = new WovenClass(bytes, patching);
    for (String method : WovenLoader.methods(bytes)) {
      woven.want(Probe.time(Phase.EMBEDDING, "x", "x", method), 3);
      woven.want(Probe.read("x", method, new Hook() {}).replacingResult(), 1_000);
      woven.want(Probe.runCalls("x", method), 5);
      woven.want(Probe.loop("x", method), 6);
      woven.want(Probe.letGo("x", method), 7);
    }
    woven.find();
    return woven;
  }

  /** Constants in the order of their use, and maxima as ASM works them out. */
  private static byte[] plain(byte[] bytes) {
    if (bytes == null) {
      return new byte[0];
    }
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    new ClassReader(bytes).accept(writer, ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }
}
