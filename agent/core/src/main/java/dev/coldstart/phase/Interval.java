package dev.coldstart.phase;

import java.util.Map;

/**
 * One timed stretch of work on one thread.
 *
 * @param id unique within a request, at least 0
 * @param parent id of the interval this one ran inside or was forked from, -1 for none
 * @param phase phase id, see {@link Phase#id()}; user phases are allowed
 * @param name what was timed, for people ("mcp tools/list")
 * @param startNanos {@link System#nanoTime()} at the beginning
 * @param endNanos {@link System#nanoTime()} at the end; for an {@link #open} interval, when the
 *     record was read
 * @param threadId id of the thread that ran it, -1 when unknown
 * @param threadName its name when first seen, empty when unknown
 * @param failed ended by an exception
 * @param open had not ended when the record was read
 * @param inferred belongs to the request only because no other was in flight
 * @param notes facts about it (counts, server names); values are String, Long or Boolean; never
 *     content
 */
public record Interval(
    int id,
    int parent,
    String phase,
    String name,
    long startNanos,
    long endNanos,
    long threadId,
    String threadName,
    boolean failed,
    boolean open,
    boolean inferred,
    Map<String, Object> notes) {

  /** The same interval below another one. */
  public Interval below(int other) {
    return with(other, phase);
  }

  /** The same interval in another phase. */
  public Interval in(String otherPhase) {
    return with(parent, otherPhase);
  }

  private Interval with(int other, String otherPhase) {
    return new Interval(
        id,
        other,
        otherPhase,
        name,
        startNanos,
        endNanos,
        threadId,
        threadName,
        failed,
        open,
        inferred,
        notes);
  }
}
