package dev.coldstart.phase;

/**
 * What one phase took inside one window, all in nanoseconds.
 *
 * @param phase phase id
 * @param exclusiveNanos time it owned: these and unattributed sum to the window exactly
 * @param totalNanos union of its intervals inside the window
 * @param hiddenNanos total minus exclusive: ran behind something the request waited longer for
 * @param count intervals that touched the window; 0 for a derived phase
 * @param estimated true when derived rather than measured
 */
public record PhaseTime(
    String phase,
    long exclusiveNanos,
    long totalNanos,
    long hiddenNanos,
    int count,
    boolean estimated) {}
