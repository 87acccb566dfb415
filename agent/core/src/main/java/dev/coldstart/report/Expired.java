package dev.coldstart.report;

/**
 * Something that was warm and had to be made again in a re-cold request.
 *
 * @param what "connection", "tool list", "prompt cache", "dns", "schema", "embedding model",
 *     "agent" or the phase id for others
 * @param phase phase id of the work that ran again
 * @param name what ran again, for people
 * @param exclusiveNanos exclusive time of it in the window
 * @param idleNanos from its last use to this request, null when unknown
 */
public record Expired(
    String what, String phase, String name, long exclusiveNanos, Long idleNanos) {}
