package dev.coldstart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.weave.Index;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbedProgramTest {
  @Test
  void hasTheNameOfAClassWithTheProbeTheDoctorLooksFor() throws Exception {
    boolean found = false;
    for (Library library : Index.read(Set.of()).libraries()) {
      for (Probe probe : library.probes()) {
        found |=
            probe.types().contains(ProbedProgram.MAIN_CLASS)
                && ProbedProgram.SPAN.equals(probe.span());
      }
    }
    assertThat(found).isTrue();
  }

  @Test
  void isAValidClassWithAMain() throws Exception {
    byte[] bytes = ProbedProgram.bytes();
    ClassLoader loader =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) {
            return defineClass(name, bytes, 0, bytes.length);
          }
        };

    Class<?> type = Class.forName(ProbedProgram.MAIN_CLASS, true, loader);

    assertThat(type.getMethod("main", String[].class)).isNotNull();
  }
}
