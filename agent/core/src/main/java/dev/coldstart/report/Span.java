package dev.coldstart.report;

import java.util.Map;

/**
 * One interval as reported; times are ns since the start of its request (or of the process).
 *
 * @param id unique within its request
 * @param parent id of the parent span, null for none
 * @param phase phase id
 * @param name what was timed
 * @param startNanos since the start of the request; negative when it began before (inferred work)
 * @param endNanos since the start of the request
 * @param exclusiveNanos part of the window it owned
 * @param thread name of the thread, empty when unknown
 * @param failed ended by an exception
 * @param open had not ended when the report was written
 * @param inferred not carried by context: assigned because no other request was in flight
 * @param notes facts: String, Long or Boolean values
 */
public record Span(
    int id,
    Integer parent,
    String phase,
    String name,
    long startNanos,
    long endNanos,
    long exclusiveNanos,
    String thread,
    boolean failed,
    boolean open,
    boolean inferred,
    Map<String, Object> notes) {}
