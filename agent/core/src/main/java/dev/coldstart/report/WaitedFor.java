package dev.coldstart.report;

/**
 * First-time work of somebody else that a request waited for. Inferred from timing: the request did
 * nothing of its own while that work ran, and went on when it was done.
 *
 * @param phase phase id of the work
 * @param name what it was
 * @param thread name of the thread that ran it, empty when unknown
 * @param request number of the request it belonged to, null when it ran outside requests
 * @param waitedNanos part of the window spent waiting for it; in the rows where it was measured,
 *     mostly {@code unattributed}
 */
public record WaitedFor(
    String phase, String name, String thread, Integer request, long waitedNanos) {}
