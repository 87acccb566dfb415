package dev.coldstart.weave;

import static net.bytebuddy.jar.asm.Opcodes.ACC_ABSTRACT;
import static net.bytebuddy.jar.asm.Opcodes.ACC_BRIDGE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_FINAL;
import static net.bytebuddy.jar.asm.Opcodes.ACC_INTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_NATIVE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SYNTHETIC;
import static net.bytebuddy.jar.asm.Opcodes.V17;
import static net.bytebuddy.jar.asm.Opcodes.V1_4;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A class of a known name is not always what the library file expects. One that cannot be woven
 * stays as it is, and a warning names it.
 */
class OddShapesTest {
  private static final String TYPE = "com/acme/Known";
  private static final String BINARY = "com.acme.Known";
  private static final int LARGEST = 65_534;

  /** What there is of the class; what the library file knows is {@code load(Object)}. */
  enum Shape {
    METHOD_MISSING,
    OBFUSCATED,
    OTHER_NUMBER_OF_PARAMETERS,
    OTHER_TYPES,
    OTHER_CASE,
    INTERFACE,
    ABSTRACT_METHOD,
    NATIVE_METHOD,
    ONLY_A_BRIDGE,
    FIELD_OF_THAT_NAME,
    WOVEN_ALREADY,
    TOO_LARGE_ONCE_WOVEN,
    OF_A_JAVA_TO_COME,
    CUT_OFF,
    NO_CLASS_FILE,
    FINAL_CLASS,
    FINAL_METHOD,
    STATIC_METHOD,
    DEFAULT_METHOD,
    OF_JAVA_1_4,
    SYNTHETIC_METHOD,
    ENUM
  }

  private final Weaver weaver;

  OddShapesTest() throws Exception {
    Index index = Index.read(Set.of());
    index.add(new Known());
    weaver = new Weaver(index, WovenCache.off(), () -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "METHOD_MISSING, has no method load",
    "OBFUSCATED, has no method load",
    "OTHER_NUMBER_OF_PARAMETERS, has no method load",
    "OTHER_TYPES, has no method load",
    "OTHER_CASE, has no method load",
    "INTERFACE, has no method load",
    "ABSTRACT_METHOD, has no method load",
    "NATIVE_METHOD, has no method load",
    "ONLY_A_BRIDGE, has no method load",
    "FIELD_OF_THAT_NAME, has no method load",
    "WOVEN_ALREADY, calls the recorder already",
    "TOO_LARGE_ONCE_WOVEN, .load untouched: woven it would be too large for the JVM",
    "OF_A_JAVA_TO_COME, untouched (IllegalArgumentException)",
    "CUT_OFF, untouched (ArrayIndexOutOfBoundsException)",
    "NO_CLASS_FILE, untouched (",
  })
  void staysAsItIsAndIsNamed(Shape shape, String told) throws Exception {
    assertThat(transform(made(shape))).isNull();
    assertThat(weaver.warnings()).singleElement().asString().contains(BINARY, told);
    assertThat(weaver.classesWoven()).isZero();
    assertThat(weaver.libraries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FINAL_CLASS",
    "FINAL_METHOD",
    "STATIC_METHOD",
    "DEFAULT_METHOD",
    "OF_JAVA_1_4",
    "SYNTHETIC_METHOD",
    "ENUM"
  })
  void isWovenAllTheSame(Shape shape) throws Exception {
    assertThat(transform(made(shape))).isNotNull();
    assertThat(weaver.warnings()).isEmpty();
    assertThat(weaver.classesWoven()).isEqualTo(1);
  }

  /** Library files are told apart from what a user named: they say which version is missing. */
  @Test
  void aClassOfALibraryIsNamedWithTheLibrary() throws Exception {
    String driver = "org/postgresql/Driver";
    ClassWriter type = type(V17, ACC_PUBLIC, driver);
    method(type, ACC_PUBLIC, "connectTo", "()V", 1);
    assertThat(weaver.transform(null, null, driver, null, null, type.toByteArray())).isNull();
    assertThat(weaver.warnings())
        .singleElement()
        .asString()
        .contains("org.postgresql.Driver (postgresql)", "not supported yet");
  }

  private byte[] made(Shape shape) throws Exception {
    int kind = shape == Shape.INTERFACE || shape == Shape.DEFAULT_METHOD ? ACC_INTERFACE : 0;
    int access = ACC_PUBLIC | (kind != 0 || shape == Shape.ABSTRACT_METHOD ? ACC_ABSTRACT : 0);
    access |= kind | (shape == Shape.FINAL_CLASS ? ACC_FINAL : 0);
    access |= shape == Shape.ENUM ? Opcodes.ACC_ENUM | ACC_FINAL : 0;
    ClassWriter type = type(shape == Shape.OF_JAVA_1_4 ? V1_4 : V17, access, TYPE);
    String one = "(Ljava/lang/Object;)V";
    switch (shape) {
      case METHOD_MISSING -> method(type, ACC_PUBLIC, "reload", one, 1);
      case OBFUSCATED -> method(type, ACC_PUBLIC, "a", one, 1);
      case OTHER_NUMBER_OF_PARAMETERS -> method(type, ACC_PUBLIC, "load", "()V", 1);
      case OTHER_TYPES -> method(type, ACC_PUBLIC, "load", "(Ljava/lang/String;)V", 1);
      case OTHER_CASE -> method(type, ACC_PUBLIC, "Load", one, 1);
      case INTERFACE, ABSTRACT_METHOD ->
          type.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, "load", one, null, null).visitEnd();
      case NATIVE_METHOD ->
          type.visitMethod(ACC_PUBLIC | ACC_NATIVE, "load", one, null, null).visitEnd();
      case ONLY_A_BRIDGE -> method(type, ACC_PUBLIC | ACC_BRIDGE, "load", one, 1);
      case FIELD_OF_THAT_NAME -> type.visitField(ACC_PUBLIC, "load", "I", null, null).visitEnd();
      case TOO_LARGE_ONCE_WOVEN -> method(type, ACC_PUBLIC, "load", one, LARGEST);
      case FINAL_METHOD -> method(type, ACC_PUBLIC | ACC_FINAL, "load", one, 1);
      case STATIC_METHOD -> method(type, ACC_PUBLIC | ACC_STATIC, "load", one, 1);
      case SYNTHETIC_METHOD -> method(type, ACC_PUBLIC | ACC_SYNTHETIC, "load", one, 1);
      default -> method(type, ACC_PUBLIC, "load", one, 1);
    }
    byte[] bytes = type.toByteArray();
    switch (shape) {
      case WOVEN_ALREADY -> {
        Index index = Index.read(Set.of());
        index.add(new Known());
        return new Weaver(index, WovenCache.off(), () -> {})
            .transform(null, null, TYPE, null, null, bytes);
      }
      case OF_A_JAVA_TO_COME -> bytes[7] = 120;
      case CUT_OFF -> {
        return java.util.Arrays.copyOf(bytes, bytes.length / 2);
      }
      case NO_CLASS_FILE -> {
        return new byte[] {1, 2, 3};
      }
      default -> {}
    }
    return bytes;
  }

  private static ClassWriter type(int version, int access, String name) {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(version, access, name, null, "java/lang/Object", null);
    return type;
  }

  private static void method(ClassWriter type, int access, String name, String descriptor, int n) {
    MethodVisitor code = type.visitMethod(access, name, descriptor, null, null);
    code.visitCode();
    for (int i = 1; i < n; i++) {
      code.visitInsn(Opcodes.NOP);
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private byte[] transform(byte[] bytes) {
    return weaver.transform(null, null, TYPE, null, null, bytes);
  }

  private static final class Known implements Library {
    @Override
    public String name() {
      return "known";
    }

    @Override
    public String testedVersions() {
      return "-";
    }

    @Override
    public List<Probe> probes() {
      return List.of(
          Probe.time("load", "load", BINARY, "load").arity(1).taking("(Ljava/lang/Object;)"));
    }
  }
}
