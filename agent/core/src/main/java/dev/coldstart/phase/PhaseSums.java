package dev.coldstart.phase;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what each phase took. Totals must be added in the order of clamped starts. */
final class PhaseSums {
  /** Largest exclusive time first, ties by name. */
  static final Comparator<PhaseTime> LARGEST_FIRST =
      Comparator.comparingLong(PhaseTime::exclusiveNanos)
          .reversed()
          .thenComparing(PhaseTime::phase);

  private final Map<String, Sum> sums = new HashMap<>();

  /** By index of the interval: reading a million scattered intervals again would take as long. */
  private final Sum[] sumOf;

  private long unattributedNanos;

  PhaseSums(Forest forest, WaitedPath path) {
    sumOf = new Sum[forest.size()];
    for (int i = 0; i < sumOf.length; i++) {
      if (path.inWindow(i)) {
        sumOf[i] = sums.computeIfAbsent(forest.interval(i).phase(), Sum::new);
        sumOf[i].count++;
      }
    }
  }

  String phase(int index) {
    return sumOf[index].phase;
  }

  /** Adds what no earlier interval of its phase covers. */
  void addTotal(int index, long start, long end) {
    if (start < end) {
      Sum sum = sumOf[index];
      sum.totalNanos += Math.max(0, end - Math.max(start, sum.coveredUntil));
      sum.coveredUntil = Math.max(end, sum.coveredUntil);
    }
  }

  void addExclusive(int index, long nanos) {
    sumOf[index].exclusiveNanos += nanos;
  }

  void addUnattributed(long nanos) {
    unattributedNanos += nanos;
  }

  long unattributedNanos() {
    Sum named = sums.get(Phase.UNATTRIBUTED);
    return unattributedNanos + (named == null ? 0 : named.exclusiveNanos);
  }

  List<PhaseTime> phases() {
    List<PhaseTime> phases = new ArrayList<>(sums.size());
    for (Sum sum : sums.values()) {
      if (!sum.phase.equals(Phase.UNATTRIBUTED)) {
        phases.add(sum.toPhaseTime());
      }
    }
    phases.sort(LARGEST_FIRST);
    return Collections.unmodifiableList(phases);
  }

  private static final class Sum {
    private final String phase;
    private long exclusiveNanos;
    private long totalNanos;
    private long coveredUntil;
    private int count;

    Sum(String phase) {
      this.phase = phase;
    }

    PhaseTime toPhaseTime() {
      return new PhaseTime(
          phase, exclusiveNanos, totalNanos, totalNanos - exclusiveNanos, count, false);
    }
  }
}
