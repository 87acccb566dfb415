package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coldstart.weave.code.ClassHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class SuperTypesTest {
  interface Tool extends Callable<String> {}

  interface Named {}

  abstract static class Middle implements Named, Tool {}

  static class Far extends Middle {
    @Override
    public String call() {
      return "far";
    }
  }

  static class Other implements Named {}

  private final String root = name(Tool.class);
  private final SuperTypes asked =
      new SuperTypes(Set.of(root, name(Named.class)), Set.of("call", "<init>"));

  @Test
  void findsWhatAClassExtendsAndImplementsHoweverFarUp() throws IOException {
    assertThat(of(Far.class)).containsExactlyInAnyOrder(root, name(Named.class));
    assertThat(of(Middle.class)).hasSize(2);
    assertThat(of(Tool.class)).as("has no method").isEmpty();
    assertThat(of(Other.class)).containsExactly(name(Named.class));
    assertThat(of(SuperTypesTest.class)).isEmpty();
    assertThat(asked.match(Far.class)).isTrue();
    assertThat(asked.match(String.class)).isFalse();
  }

  @Test
  void onlyLooksAtWhatMentionsTheMethod() throws IOException {
    Set<String> roots = Set.of(root);
    String far = name(Far.class);
    byte[] bytes = bytes(Far.class);
    ClassLoader loader = getClass().getClassLoader();
    assertThat(new SuperTypes(roots, Set.of("call")).of(loader, far, bytes)).hasSize(1);
    assertThat(new SuperTypes(roots, Set.of("calls", "cal")).of(loader, far, bytes)).isEmpty();
    assertThat(new SuperTypes(roots, Set.of("\u00e4")).of(loader, far, bytes)).hasSize(1);
  }

  @Test
  void leavesTheJdkAndWhatItDoesNotFindAlone() throws IOException {
    byte[] far = bytes(Far.class);
    assertThat(asked.of(null, name(Far.class), far)).isEmpty();
    assertThat(asked.of(getClass().getClassLoader(), "java/util/List", far)).isEmpty();
    ClassLoader empty = new ClassLoader(null) {};
    assertThat(asked.of(empty, name(Far.class), far)).isEmpty();
  }

  @Test
  void readsNamesOfRealClasses() throws Exception {
    for (Class<?> type : List.of(Object.class, ArrayList.class, Far.class, Middle.class)) {
      List<String> supers = new ArrayList<>();
      if (type.getSuperclass() != null) {
        supers.add(name(type.getSuperclass()));
      }
      for (Class<?> one : type.getInterfaces()) {
        supers.add(name(one));
      }
      assertThat(new ClassHead(bytes(type)).supers())
          .containsExactly(supers.toArray(String[]::new));
    }
  }

  @Test
  void readsNamesOfAnyLetters() {
    String parent = "com/acme/Gr\u00f6\u00dfe";
    String wide = "com/acme/\u4e2d\u6587";
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, 0, "com/acme/Any", null, parent, new String[] {wide});
    // Constants of two slots.
    writer.visitField(Opcodes.ACC_STATIC, "a", "J", null, 5L);
    writer.visitField(Opcodes.ACC_STATIC, "b", "D", null, 5d);

    assertThat(new ClassHead(writer.toByteArray()).supers()).containsExactly(parent, wide);
    byte[] none = new byte[200];
    none[9] = 5;
    assertThatThrownBy(() -> new ClassHead(none)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private Set<String> of(Class<?> type) throws IOException {
    return asked.of(type.getClassLoader(), name(type), bytes(type));
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream("/" + name(type) + ".class")) {
      return in.readAllBytes();
    }
  }
}
