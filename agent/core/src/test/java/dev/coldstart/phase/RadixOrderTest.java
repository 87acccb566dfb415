package dev.coldstart.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RadixOrderTest {
  @Property
  void sortsLikeAStableComparisonSort(
      @ForAll List<@LongRange(min = 0) Long> keys, @ForAll @IntRange(max = 3) int shift) {
    // Shifted keys are small and often equal, the others have all their bits.
    long[] array = keys.stream().mapToLong(k -> k >>> (shift * 16)).toArray();

    assertThat(RadixOrder.sort(RadixOrder.identity(array.length), array))
        .containsExactly(
            IntStream.range(0, array.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> array[i]))
                .mapToInt(i -> i)
                .toArray());
  }
}
