package dev.coldstart.phase;

import static dev.coldstart.phase.Intervals.child;
import static dev.coldstart.phase.Intervals.root;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** What must hold for any intervals, however broken: they come from other people's threads. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class AttributorPropertiesTest {
  private static final List<String> PHASES =
      List.of("tool_registry", "llm_ttft", "my_phase", "unattributed");

  @Property(tries = 5000)
  void agreesWithOracle(@ForAll("small") Input input) {
    assertThat(input.attribute())
        .isEqualTo(Oracle.attribute(input.start, input.end, input.intervals));
  }

  @Property
  void exclusiveAndUnattributedSumToTheWindow(@ForAll("any") Input input) {
    Attribution attribution = input.attribute();

    long exclusive = attribution.phases().stream().mapToLong(PhaseTime::exclusiveNanos).sum();
    assertThat(exclusive + attribution.unattributedNanos()).isEqualTo(input.end - input.start);
  }

  @Property
  void exclusiveIsTheSumOfSlices(@ForAll("any") Input input) {
    Attribution attribution = input.attribute();

    for (PhaseTime phase : attribution.phases()) {
      assertThat(nanosOf(phase.phase(), attribution.slices())).isEqualTo(phase.exclusiveNanos());
    }
    assertThat(nanosOf(Phase.UNATTRIBUTED, attribution.slices()))
        .isEqualTo(attribution.unattributedNanos());
  }

  @Property
  void slicesAreOrderedGaplessAndMerged(@ForAll("any") Input input) {
    long expectedStart = input.start;
    Slice before = null;
    for (Slice slice : input.attribute().slices()) {
      assertThat(slice.startNanos()).isEqualTo(expectedStart);
      assertThat(slice.endNanos()).isGreaterThan(slice.startNanos());
      assertThat(before == null || before.interval() != slice.interval()).isTrue();
      expectedStart = slice.endNanos();
      before = slice;
    }
    assertThat(expectedStart).isEqualTo(input.end);
  }

  @Property
  void hiddenIsWhatIsLeftOfTotalAndNeverNegative(@ForAll("any") Input input) {
    for (PhaseTime phase : input.attribute().phases()) {
      assertThat(phase.hiddenNanos()).isNotNegative();
      assertThat(phase.exclusiveNanos() + phase.hiddenNanos()).isEqualTo(phase.totalNanos());
      assertThat(phase.totalNanos()).isLessThanOrEqualTo(input.end - input.start);
    }
  }

  @Property
  void orderOfIntervalsDoesNotMatter(@ForAll("any") Input input, @ForAll long seed) {
    List<Interval> shuffled = new ArrayList<>(input.intervals);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(Attributor.attribute(input.start, input.end, shuffled)).isEqualTo(input.attribute());
  }

  @Property
  void attributingTheSlicesAgainChangesNothing(@ForAll("any") Input input) {
    Attribution once = input.attribute();
    List<Interval> owned = new ArrayList<>();
    for (Slice slice : once.slices()) {
      if (slice.interval() >= 0) {
        owned.add(root(owned.size(), slice.phase(), slice.startNanos(), slice.endNanos()));
      }
    }

    Attribution twice = Attributor.attribute(input.start, input.end, owned);

    assertThat(withoutOwners(twice)).isEqualTo(withoutOwners(once));
    assertThat(twice.unattributedNanos()).isEqualTo(once.unattributedNanos());
    assertThat(twice.clamped()).isZero();
  }

  @Property
  void timeIsRelative(@ForAll("small") Input input, @ForAll("offsets") long offset) {
    Attribution moved = input.movedBy(offset - input.start).attribute();

    assertThat(moved.phases()).isEqualTo(input.attribute().phases());
    assertThat(moved.clamped()).isEqualTo(input.attribute().clamped());
  }

  /** Few ids, parents that are missing, themselves or in a cycle, the same ends again and again. */
  @Provide
  Arbitrary<Input> small() {
    return inputs(
        12,
        Arbitraries.integers().between(0, 13),
        Arbitraries.longs().between(-10, 65),
        Arbitraries.longs().between(-3, 45),
        Arbitraries.just(0L),
        Arbitraries.longs().between(0, 60));
  }

  /** Deeper trees, and any times at all, the ends of the range included. */
  @Provide
  Arbitrary<Input> any() {
    Arbitrary<Long> times =
        Arbitraries.oneOf(
            Arbitraries.longs(), Arbitraries.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE));
    Arbitrary<Input> huge =
        inputs(
            60,
            Arbitraries.integers().between(0, 60),
            times,
            times,
            Arbitraries.longs().between(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2),
            Arbitraries.longs().between(0, Long.MAX_VALUE / 2));
    return Arbitraries.oneOf(small(), huge);
  }

  /** {@link System#nanoTime()} may be anything, negative too. */
  @Provide
  Arbitrary<Long> offsets() {
    return Arbitraries.of(
        -30L, 1_000_000_000_000_000L, Long.MIN_VALUE + 1000, Long.MAX_VALUE - 1000);
  }

  private static Arbitrary<Input> inputs(
      int maxSize,
      Arbitrary<Integer> ids,
      Arbitrary<Long> starts,
      Arbitrary<Long> lengths,
      Arbitrary<Long> windowStarts,
      Arbitrary<Long> windowLengths) {
    Arbitrary<Interval> intervals =
        Combinators.combine(ids, ids.map(id -> id - 1), Arbitraries.of(PHASES), starts, lengths)
            .as((id, parent, phase, at, length) -> child(parent, id, phase, at, at + length));
    return Combinators.combine(windowStarts, windowLengths, intervals.list().ofMaxSize(maxSize))
        .as((start, length, list) -> new Input(start, start + length, list));
  }

  private static long nanosOf(String phase, List<Slice> slices) {
    return slices.stream().filter(s -> s.phase().equals(phase)).mapToLong(Slice::nanos).sum();
  }

  private static List<Slice> withoutOwners(Attribution attribution) {
    return attribution.slices().stream()
        .map(s -> new Slice(s.startNanos(), s.endNanos(), s.phase(), -1))
        .toList();
  }

  /** A window and what ran in it. */
  record Input(long start, long end, List<Interval> intervals) {
    Attribution attribute() {
      return Attributor.attribute(start, end, intervals);
    }

    Input movedBy(long offset) {
      List<Interval> moved = new ArrayList<>();
      for (Interval i : intervals) {
        moved.add(
            child(i.parent(), i.id(), i.phase(), i.startNanos() + offset, i.endNanos() + offset));
      }
      return new Input(start + offset, end + offset, moved);
    }
  }
}
