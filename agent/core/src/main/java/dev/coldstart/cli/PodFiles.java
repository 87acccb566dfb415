package dev.coldstart.cli;

import dev.coldstart.report.ReportFile;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.pod.PodTimelines;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What Kubernetes told about the pod of a report's process. */
final class PodFiles {
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  @Option(
      names = "--pod",
      required = true,
      paramLabel = "POD.json",
      description = {
        "Put what the Kubernetes pod went through in front:",
        "kubectl get pod NAME -o json > POD.json"
      })
  private Path pod;

  @Option(
      names = "--events",
      paramLabel = "EVENTS.json",
      description = {
        "The pod's events, which tell of image pulls; they are gone after an hour:",
        "kubectl get events --field-selector involvedObject.name=NAME -o json > EVENTS.json"
      })
  private Path events;

  @Option(
      names = "--container",
      paramLabel = "NAME",
      description = "The container of the process; default: the one that ran when it started.")
  private String container;

  /** The report with the pod's timeline in it. */
  RunReport join(RunReport report) {
    String podJson = text(pod, "write it with kubectl get pod NAME -o json");
    String eventsJson = events == null ? null : text(events, "write it with kubectl get events");
    try {
      return report.withPod(PodTimelines.of(report, podJson, eventsJson, container));
    } catch (IllegalArgumentException e) {
      throw Failure.badInput(pod + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file, String hint) {
    try {
      return ReportFile.text(file, MAX_BYTES, hint);
    } catch (IllegalArgumentException e) {
      throw Failure.badInput(e.getMessage(), e);
    }
  }
}
