package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuTimeTest {
  /** Of a JVM: 412 ticks as user, 57 in the kernel. */
  private static final String REAL =
      "23174 (java) S 23159 23159 17157 0 -1 1077936128 22480 0 12 0 412 57 0 0 20 0 24 0 1215082"
          + " 3133440000 41000 18446744073709551615 94502317592576 94502317612457 140730333891472"
          + " 0 0 0 4 0 16800972 1 0 0 17 0 0 0 0 0 0 94502317628464 94502317630080 94502999678976"
          + " 140730333899477 140730333899497 140730333899497 140730333900779 0\n";

  @Test
  void readsUserAndSystemTime() {
    assertThat(CpuTime.parse(REAL)).isEqualTo(4_690_000_000L);
  }

  @Test
  void isNotMisledByTheCommandsName() {
    assertThat(CpuTime.parse(REAL.replace("(java)", "(a) S 1 (b) 2 3)"))).isEqualTo(4_690_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "23174 (java", "1 (java) S 1 2", "1 (j) S 1 1 1 0 -1 1 2 0 1 0 x y 0"})
  void isUnknownWhenTheLineIsNotOne(String line) {
    assertThat(CpuTime.parse(line)).isNull();
  }

  @Test
  void growsWithWork() {
    Long before = new CpuTime().nanos();
    long end = System.nanoTime() + 100_000_000;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    if (new File("/proc/self/stat").exists()) {
      assertThat(new CpuTime().nanos()).isGreaterThan(before);
    } else {
      assertThat(before).isNull();
    }
  }
}
