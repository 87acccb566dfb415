package dev.coldstart.report;

import java.util.List;

/**
 * What the agent did and what it cost. Its cost is never charged to an application phase.
 *
 * @param version version of the agent
 * @param premainNanos time inside premain, measured
 * @param weavingNanos time spent transforming classes, measured, on whichever threads; with probes
 *     for subtypes also looking up what each class extends
 * @param recordingNanos estimated: recorded intervals times the calibrated cost of one
 * @param compilingNanos estimated: CPU time of the JVM's compilers for code that weaves, from the
 *     time of weaving classes that were not in the cache, and from how much was compiled for all
 *     that the process did until its first report; null when the JVM cannot tell, and in reports of
 *     agents that did not tell
 * @param backgroundCpuNanos CPU time of the agent's own thread, measured; null when the JVM cannot
 *     tell
 * @param classesSeen classes the transformer was shown
 * @param classesWoven classes it changed
 * @param libraries names of the libraries with at least one woven class
 * @param intervals intervals recorded in the whole process
 * @param dropped intervals, notes and requests lost to full buffers
 * @param droppedNotes notes among them; null in reports of agents that did not tell
 * @param droppedRequests requests among them; null in reports of agents that did not tell
 * @param adviceFailures exceptions swallowed inside probes
 * @param inFlight requests in flight when the report was written: they are not in it; null in
 *     reports of agents that did not tell
 * @param atExit whether it was written when the process ended; false: the process was running then,
 *     and if it has ended since, what came later is missing; null in reports of agents that did not
 *     tell
 * @param writtenEpochNanos when it was written, ns since 1970; null in reports of agents that did
 *     not tell
 * @param warnings each one line, each with a next step
 */
public record AgentFacts(
    String version,
    long premainNanos,
    long weavingNanos,
    long recordingNanos,
    Long compilingNanos,
    Long backgroundCpuNanos,
    long classesSeen,
    int classesWoven,
    List<String> libraries,
    long intervals,
    long dropped,
    Long droppedNotes,
    Long droppedRequests,
    long adviceFailures,
    Long inFlight,
    Boolean atExit,
    Long writtenEpochNanos,
    List<String> warnings) {}
