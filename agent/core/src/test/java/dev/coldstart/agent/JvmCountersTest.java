package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On the counters of real JVMs, three forced collections old; their texts are blanked. */
class JvmCountersTest {
  @ParameterizedTest
  @CsvSource({
    "17, 7011768, 27511216, 27113494, 1455772, 165566, 2474341, 60170, 520713, 9724804, 15, 565",
    "25, 18972200, 36905263, 36533940, 3825189, 190252, 4237424, 73557, 2318537, 16671332, 25, 640",
  })
  void readsWhatTheJvmCounts(
      String jdk,
      long jit,
      long safepoint,
      long gc,
      long loadApp,
      long defineApp,
      long link,
      long verify,
      long loadBoot,
      long init,
      long classes,
      long shared)
      throws IOException {
    JvmCounters counters = new JvmCounters(ByteBuffer.wrap(sample(jdk)));

    assertThat(counters.available()).isTrue();
    assertThat(counters.nanos(JvmCounters.JIT, JvmCounters.JIT)).isEqualTo(jit);
    assertThat(counters.nanos(JvmCounters.SAFEPOINT, JvmCounters.SAFEPOINT)).isEqualTo(safepoint);
    assertThat(counters.gcNanos()).isEqualTo(gc);
    assertThat(counters.nanos(JvmCounters.LOAD_APP, JvmCounters.LOAD_BOOT))
        .isEqualTo(loadApp + defineApp + link + verify + loadBoot);
    assertThat(counters.nanos(JvmCounters.INIT, JvmCounters.INIT)).isEqualTo(init);
    assertThat(counters.value(JvmCounters.CLASSES)).isEqualTo(classes);
    assertThat(counters.value(JvmCounters.CLASSES_SHARED)).isEqualTo(shared);
  }

  @Test
  void countsTicksOfAnyFrequency() throws IOException {
    byte[] bytes = sample("17");
    // A clock of 10 MHz: each tick is 100 ns.
    replace(bytes, 1_000_000_000, 10_000_000);
    JvmCounters counters = new JvmCounters(ByteBuffer.wrap(bytes));

    assertThat(counters.nanos(JvmCounters.JIT, JvmCounters.JIT)).isEqualTo(701_176_800L);
  }

  @Test
  void hasNothingWhereTheJvmKeepsNone() {
    JvmCounters counters = new JvmCounters(ByteBuffer.allocate(0));

    assertThat(counters.available()).isFalse();
    assertThat(counters.gcNanos()).isNull();
    assertThat(counters.value(JvmCounters.CLASSES)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 33, 52, 100, 5000, 12000})
  void readsNoFurtherThanTheBlock(int length) throws IOException {
    JvmCounters cut = new JvmCounters(ByteBuffer.wrap(Arrays.copyOf(sample("25"), length)));

    Long classes = cut.value(JvmCounters.CLASSES);
    assertThat(classes == null || classes == 25).isTrue();
  }

  @Test
  void isNotTakenInByOtherFormats() throws IOException {
    byte[] bytes = sample("25");
    bytes[0] = 0;

    assertThat(new JvmCounters(ByteBuffer.wrap(bytes)).available()).isFalse();
  }

  private static void replace(byte[] bytes, long from, long to) {
    ByteBuffer block = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int found = 0;
    for (int at = 32; at + 8 <= bytes.length; at += 8) {
      if (block.getLong(at) == from) {
        block.putLong(at, to);
        found++;
      }
    }
    assertThat(found).isEqualTo(1);
  }

  private static byte[] sample(String jdk) throws IOException {
    String name = "perf-counters-" + jdk + ".bin";
    try (InputStream in = JvmCountersTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
