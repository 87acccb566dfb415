package dev.coldstart.report.pod;

import java.util.ArrayList;
import java.util.List;

/** A {@code v1} Pod as {@code kubectl get pod NAME -o json} prints it. Immutable. */
final class PodStatus {
  private final PodObject pod;

  /**
   * A pod.
   *
   * @throws IllegalArgumentException with one line for people when it is something else
   */
  PodStatus(PodObject pod) {
    this.pod = pod;
    if (!"Pod".equals(pod.text("kind"))) {
      throw new IllegalArgumentException("not a Pod: write it with kubectl get pod NAME -o json");
    }
  }

  String name() {
    String name = pod.at("metadata").text("name");
    return name == null ? "unknown" : name;
  }

  String uid() {
    return pod.at("metadata").text("uid");
  }

  Long createdMillis() {
    return pod.at("metadata").millis("creationTimestamp");
  }

  /** When a condition became true, ms since 1970; null when it is not or nothing is told. */
  Long conditionMillis(String type) {
    for (PodObject condition : pod.at("status").list("conditions")) {
      if (type.equals(condition.text("type"))) {
        return "True".equals(condition.text("status"))
            ? condition.millis("lastTransitionTime")
            : null;
      }
    }
    return null;
  }

  /** Names of the containers beside each other, in the order of the pod's specification. */
  List<String> containers() {
    return names("containers");
  }

  /** Names of the init containers, in the order in which they start. */
  List<String> initContainers() {
    return names("initContainers");
  }

  /** An init container that goes on beside the others. */
  boolean isSidecar(String initContainer) {
    return "Always"
        .equals(named(pod.at("spec"), "initContainers", initContainer).text("restartPolicy"));
  }

  int restarts(String container) {
    return status(container).number("restartCount");
  }

  /** The run going on, or the only one. */
  ContainerRun run(String container) {
    return ContainerRun.of(status(container).at("state"));
  }

  /** The run before that one. */
  ContainerRun lastRun(String container) {
    return ContainerRun.of(status(container).at("lastState"));
  }

  private PodObject status(String container) {
    PodObject status = named(pod.at("status"), "containerStatuses", container);
    return status.equals(PodObject.EMPTY)
        ? named(pod.at("status"), "initContainerStatuses", container)
        : status;
  }

  private List<String> names(String list) {
    List<String> names = new ArrayList<>();
    for (PodObject container : pod.at("spec").list(list)) {
      if (container.text("name") != null) {
        names.add(container.text("name"));
      }
    }
    return names;
  }

  private static PodObject named(PodObject parent, String list, String name) {
    for (PodObject object : parent.list(list)) {
      if (name.equals(object.text("name"))) {
        return object;
      }
    }
    return PodObject.EMPTY;
  }
}
