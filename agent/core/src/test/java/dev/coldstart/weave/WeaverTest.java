package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.junit.jupiter.api.Test;

class WeaverTest {
  private static final String TASK_POOL = "java/util/concurrent/ThreadPoolExecutor";
  private static final String DRIVER = "org/postgresql/Driver";

  private final AtomicInteger matches = new AtomicInteger();

  private Weaver weaver() throws IOException {
    return new Weaver(Index.read(Set.of()), WovenCache.off(), matches::incrementAndGet);
  }

  @Test
  void aClassWithoutProbesIsNotLookedAt() throws IOException {
    Weaver weaver = weaver();

    assertThat(transform(weaver, getClass().getClassLoader(), "com/acme/App", new byte[0]))
        .isNull();
    assertThat(matches).hasValue(0);
    assertThat(weaver.warnings()).isEmpty();
  }

  @Test
  void aClassThatIsNoClassIsLeftWithAWarning() throws IOException {
    Weaver weaver = weaver();

    assertThat(transform(weaver, null, DRIVER, new byte[8])).isNull();
    assertThat(weaver.warnings()).singleElement().asString().contains("org.postgresql.Driver");
    assertThat(matches).hasValue(1);
  }

  @Test
  void aLoaderThatHidesTheRecorderKeepsItsClasses() throws IOException {
    ClassLoader hiding =
        new ClassLoader(null) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("java.")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        };
    Weaver weaver = weaver();

    assertThat(transform(weaver, hiding, DRIVER, new byte[8])).isNull();
    assertThat(weaver.warnings()).singleElement().asString().contains("hides the recorder");
    assertThat(weaver.classesWoven()).isZero();
  }

  @Test
  void theJdkIsWovenOnlyOnceActive() throws IOException {
    Weaver weaver = weaver();
    byte[] bytes;
    try (InputStream in = Object.class.getResourceAsStream("/" + TASK_POOL + ".class")) {
      bytes = in.readAllBytes();
    }

    assertThat(transform(weaver, null, TASK_POOL, bytes)).isNull();
    weaver.activate();
    assertThat(transform(weaver, null, TASK_POOL, bytes)).isNotNull();
    assertThat(matches).as("the JDK alone starts nothing").hasValue(0);
  }

  @Test
  void eachStageOfACompletableFutureIsBoundWorkedForAndLetGo() throws IOException {
    Weaver weaver = weaver();
    weaver.activate();
    int stages = 0;
    for (String name : weaver.jdkTypes()) {
      if (name.startsWith("java/util/concurrent/CompletableFuture$")) {
        byte[] bytes;
        try (InputStream in = Object.class.getResourceAsStream("/" + name + ".class")) {
          bytes = in.readAllBytes();
        }
        assertThat(callsOfTheRecorder(transform(weaver, null, name, bytes)))
            .as(name)
            .contains("bind", "attach", "letGo", "detach");
        stages++;
      }
    }
    assertThat(stages).isEqualTo(14);
  }

  private static List<String> callsOfTheRecorder(byte[] woven) {
    List<String> calls = new ArrayList<>();
    new ClassReader(woven)
        .accept(
            new ClassVisitor(WovenClass.ASM) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(WovenClass.ASM) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String type, boolean isInterface) {
                    if (owner.equals(AroundMethod.RECORDER)) {
                      calls.add(called);
                    }
                  }
                };
              }
            },
            0);
    return calls;
  }

  private static byte[] transform(Weaver weaver, ClassLoader loader, String name, byte[] bytes) {
    return weaver.transform(null, loader, name, null, null, bytes);
  }
}
