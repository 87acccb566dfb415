package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class ReadTest {
  /** Public, as a library's interface would be. */
  public interface Usage {
    /** Tokens. */
    Long tokens();

    /** One that only the interface has. */
    default String unit() {
      return "token";
    }
  }

  @SuppressWarnings({"UnusedMethod", "EffectivelyPrivate", "DoNotCallSuggester"}) // Read by name.
  private record Hidden(Long tokens, Optional<Hidden> next, OptionalLong cached) implements Usage {
    public List<Hidden> choices() {
      return next.map(List::of).orElse(List.of());
    }

    public String refused() {
      throw new IllegalStateException("no");
    }

    private String secret() {
      return "secret";
    }
  }

  /** One of Kotlin's, say. */
  @SuppressWarnings("UnusedVariable") // Read by name.
  public static final class Point {
    /** Where it is. */
    public final int x;

    Point(int x) {
      this.x = x;
    }
  }

  private final Hidden inner = new Hidden(7L, Optional.empty(), OptionalLong.empty());
  private final Hidden outer = new Hidden(9L, Optional.of(inner), OptionalLong.of(3));

  @Test
  void followsAPathThroughOptionalsAndFirstElements() {
    assertThat(Read.number(outer, "tokens")).isEqualTo(9);
    assertThat(Read.number(outer, "next", "tokens")).isEqualTo(7);
    assertThat(Read.number(outer, "choices", "tokens")).isEqualTo(7);
    assertThat(Read.number(outer, "cached")).isEqualTo(3);
    assertThat(Read.text(outer, "unit")).isEqualTo("token");
    assertThat(Read.number(List.of(outer), "tokens")).isEqualTo(9);
    assertThat(Read.number(Optional.of(outer), "tokens")).isEqualTo(9);
  }

  @Test
  void whatIsNotThereIsUnknown() {
    assertThat(Read.path(null, "tokens")).isNull();
    assertThat(Read.path(inner, "next", "tokens")).isNull();
    assertThat(Read.path(inner, "choices", "tokens")).isNull();
    assertThat(Read.path(inner, "cached")).isNull();
    assertThat(Read.path(outer, "missing", "tokens")).isNull();
    assertThat(Read.path(outer, "missing")).isNull();
    assertThat(Read.path(outer, "refused")).isNull();
    assertThat(Read.path(outer, "secret")).isNull();
    assertThat(Read.text(outer, "tokens")).isNull();
    assertThat(Read.number(outer, "unit")).isNull();
    assertThat(Read.list(null, "tokens")).isNull();
  }

  @Test
  void countsCollectionsAndArrays() {
    assertThat(Read.size(Arrays.asList(1, 2))).isEqualTo(2);
    assertThat(Read.size(Set.of())).isZero();
    assertThat(Read.size(new String[3])).isEqualTo(3);
    assertThat(Read.size("text")).isNull();
    assertThat(Read.size(null)).isNull();
    assertThat(Read.size(Read.list(outer, "choices"))).isEqualTo(1);
  }

  @Test
  void callsMethodsWithOneParameter() {
    assertThat(Read.path("a-b", "concat:c")).isEqualTo("a-bc");
    assertThat(Read.path("a-b", "contains:b")).as("any text").isEqualTo(true);
    assertThat(Read.path(java.util.Map.of("a", "b"), "get:a")).as("any object").isEqualTo("b");
    assertThat(Read.path("abc", "missing:")).isNull();
    assertThat(Read.path(new Point(2), ".x")).as("a field").isEqualTo(2);
    assertThat(Read.path("abc", ".value")).as("a private one").isNull();
    assertThat(Read.path(null, "concat:c")).isNull();
  }

  @Test
  void readsPublicMethodsOfClassesAModuleKeepsToItself() {
    // Public classes of packages that are not exported: only an interface or parent can be called.
    Object path = java.nio.file.Path.of("folder/file");
    assertThat(String.valueOf(Read.path(path, "getFileName"))).isEqualTo("file");
    assertThat(Read.path(Thread.currentThread().getThreadGroup(), "getName")).isNotNull();
    Object properties = java.nio.file.FileSystems.getDefault();
    assertThat(Read.text(properties, "getSeparator")).isEqualTo(java.io.File.separator);
  }

  @Test
  void aClassWithAMissingDependencyReadsAsUnknown() throws Exception {
    byte[] bytes = withMethodOfMissingType();
    ClassLoader loader =
        new ClassLoader(ReadTest.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.equals("Broken")) {
              throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    Object broken = loader.loadClass("Broken").getDeclaredConstructor().newInstance();

    assertThat(Read.path(broken, "gone")).isNull();
    assertThat(Read.list(broken, "getSuppressed")).isInstanceOf(Throwable[].class);
  }

  private static byte[] withMethodOfMissingType() {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    String parent = "java/lang/RuntimeException";
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Broken", null, parent, null);
    MethodVisitor code = type.visitMethod(Opcodes.ACC_PUBLIC, "gone", "()Lnot/There;", null, null);
    code.visitCode();
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(0, 0);
    code = type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    return type.toByteArray();
  }
}
