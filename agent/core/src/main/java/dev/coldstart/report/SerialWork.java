package dev.coldstart.report;

/**
 * Pieces of work that ran one after the other though they could have run side by side, such as tool
 * servers that were asked in turn.
 *
 * @param phase phase id of the pieces
 * @param count pieces
 * @param serialNanos their exclusive times together
 * @param savingNanos upper bound of what running them in parallel would save: all but the longest
 */
public record SerialWork(String phase, int count, long serialNanos, long savingNanos) {}
