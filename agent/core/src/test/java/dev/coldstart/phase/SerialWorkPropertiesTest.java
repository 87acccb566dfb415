package dev.coldstart.phase;

import static dev.coldstart.phase.Intervals.child;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Apart from the examples because Surefire reports one engine per class. */
class SerialWorkPropertiesTest {
  private static final long MS = 1_000_000;
  private static final long WINDOW = 100 * MS;

  @Property
  void savingIsAllButTheLongestAndFitsIntoWhatWasWaitedFor(
      @ForAll long seed, @ForAll @IntRange(max = 30) int size) {
    List<Interval> intervals = any(new Random(seed), size);
    Attribution attribution = Attributor.attribute(0, WINDOW, intervals);

    List<SerialWork> found = SerialWork.of(intervals, attribution);

    assertThat(found).hasSizeLessThanOrEqualTo(10);
    for (SerialWork work : found) {
      assertThat(work.count()).isGreaterThan(1);
      assertThat(work.phase()).isNotEqualTo("llm_ttft");
      assertThat(work.serialNanos())
          .isBetween(work.count() * MS, WINDOW - attribution.unattributedNanos());
      long longest = work.serialNanos() - work.savingNanos();
      assertThat(longest).isBetween(work.serialNanos() / work.count(), work.serialNanos());
    }
    assertThat(found).isSortedAccordingTo((a, b) -> Long.compare(b.savingNanos(), a.savingNanos()));
  }

  /** Siblings of one phase that never overlap, all waited for: the sum is known. */
  @Property
  void findsEveryRowOfPieces(@ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int size) {
    Random random = new Random(seed);
    List<Interval> pieces = new ArrayList<>();
    long at = 0;
    long sum = 0;
    long longest = 0;
    for (int id = 0; id < size; id++) {
      at += random.nextInt(3) * MS;
      long length = MS + random.nextInt(1_000_000);
      pieces.add(child(-1, id, "tool_registry", at, at + length));
      at += length;
      sum += length;
      longest = Math.max(longest, length);
    }
    assertThat(SerialWork.of(pieces, Attributor.attribute(0, at, pieces)))
        .containsExactly(new SerialWork("tool_registry", size, sum, sum - longest));
  }

  @Property
  void orderDoesNotMatter(@ForAll long seed, @ForAll @IntRange(max = 30) int size) {
    List<Interval> intervals = any(new Random(seed), size);
    Attribution attribution = Attributor.attribute(0, WINDOW, intervals);
    List<Interval> shuffled = new ArrayList<>(intervals);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(SerialWork.of(shuffled, attribution))
        .isEqualTo(SerialWork.of(intervals, attribution));
  }

  private static List<Interval> any(Random random, int size) {
    List<String> phases = List.of("tool_registry", "tool_call", "llm_ttft");
    List<Interval> intervals = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      long start = random.nextInt(100) * MS;
      long end = start + random.nextInt(30) * MS;
      int parent = random.nextInt(id + 3) - 2;
      intervals.add(child(parent, id, phases.get(random.nextInt(3)), start, end));
    }
    return intervals;
  }
}
