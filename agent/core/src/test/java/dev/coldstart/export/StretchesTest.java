package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StretchesTest {
  private static final int END = 60;

  @Property
  void isASetOfInstants(
      @ForAll @Size(max = 12) List<@IntRange(max = END) Integer> begins,
      @ForAll @Size(max = 12) List<@IntRange(max = END) Integer> ends,
      @ForAll @IntRange(max = END) int from,
      @ForAll @IntRange(max = END) int to) {
    Stretches stretches = new Stretches();
    BitSet expected = new BitSet();
    for (int i = 0; i < Math.min(begins.size(), ends.size()); i++) {
      stretches.add(begins.get(i), ends.get(i));
      if (begins.get(i) < ends.get(i)) {
        expected.set(begins.get(i), ends.get(i));
      }
    }

    assertThat(stretches.nanos()).isEqualTo(expected.cardinality());
    for (int i = 0; i <= END; i++) {
      assertThat(stretches.contain(i)).isEqualTo(expected.get(i));
    }
    int inside = from < to ? expected.get(from, to).cardinality() : 0;
    assertThat(stretches.within(from, to).nanos()).isEqualTo(inside);
  }
}
