package dev.coldstart.phase;

import java.util.List;

/**
 * A window broken down: see {@link Attributor}.
 *
 * @param slices ordered, gapless, together exactly the window; neighbours with the same owner are
 *     merged
 * @param phases one per phase that has an interval in the window, largest exclusive time first,
 *     ties by name
 * @param unattributedNanos what no interval covers, or one that is unattributed itself; at least 0
 * @param clamped how many intervals were longer than their parent or than the window and were cut
 */
public record Attribution(
    List<Slice> slices, List<PhaseTime> phases, long unattributedNanos, int clamped) {}
