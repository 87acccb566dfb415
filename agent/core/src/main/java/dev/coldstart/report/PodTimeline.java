package dev.coldstart.report;

import java.util.List;

/**
 * What a Kubernetes pod went through until its service was ready, in front of and around the start
 * of the process. Kubernetes tells most times in whole seconds, so a step may be up to 1 s off.
 *
 * @param pod name of the pod
 * @param container name of the container the process ran in
 * @param restarts restarts of that container before this process
 * @param steps in order
 * @param wholeMillis creation of the pod to ready, ms; null when either is unknown or clocks
 *     disagree
 * @param notes what the reader should know, one line each
 */
public record PodTimeline(
    String pod,
    String container,
    int restarts,
    List<PodStep> steps,
    Long wholeMillis,
    List<String> notes) {}
