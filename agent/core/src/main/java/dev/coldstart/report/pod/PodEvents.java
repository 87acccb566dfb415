package dev.coldstart.report.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The events of one pod, {@code v1} or {@code events.k8s.io/v1}. Kubernetes keeps them for an hour
 * by default and may merge or drop them. Immutable.
 */
final class PodEvents {
  private static final Pattern PULL =
      Pattern.compile(
          "pulled image .* in ([0-9hmsµu.]+)(?: \\(([0-9hmsµu.]+) including waiting\\))?");

  private final List<PodObject> events = new ArrayList<>();

  /**
   * Those of the pod; others in the list are left out.
   *
   * @param list a List, or null for none
   * @throws IllegalArgumentException with one line for people when it is something else
   */
  PodEvents(PodObject list, PodStatus pod) {
    if (list == null) {
      return;
    }
    if (!String.valueOf(list.text("kind")).endsWith("List")) {
      throw new IllegalArgumentException(
          "not a list of events: write it with"
              + " kubectl get events --field-selector involvedObject.name=POD -o json");
    }
    for (PodObject event : list.list("items")) {
      PodObject about = about(event);
      String uid = about.text("uid");
      boolean same = uid == null ? pod.name().equals(about.text("name")) : uid.equals(pod.uid());
      if (same) {
        events.add(event);
      }
    }
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /**
   * When it happened first, ms since 1970; null when nothing is told.
   *
   * @param container null for events of the pod itself
   */
  Long firstMillis(String reason, String container) {
    Long first = null;
    for (PodObject event : of(reason, container)) {
      Long time = millis(event);
      first = first == null || (time != null && time < first) ? time : first;
    }
    return first;
  }

  /** How the first image of a container came, for people; null when nothing is told. */
  String pull(String container) {
    for (PodObject event : of("Pulled", container)) {
      String message = event.text("message") == null ? event.text("note") : event.text("message");
      if (message != null && message.contains("already present")) {
        return "already present";
      }
      Matcher pull = PULL.matcher(String.valueOf(message));
      if (pull.find()) {
        String waiting = pull.group(2);
        return "pulled in "
            + pull.group(1)
            + (waiting == null ? "" : ", " + waiting + " with waiting for other pulls");
      }
    }
    return null;
  }

  private List<PodObject> of(String reason, String container) {
    List<PodObject> found = new ArrayList<>();
    for (PodObject event : events) {
      String field = about(event).text("fieldPath");
      boolean place =
          container == null
              ? field == null
              : field != null && field.endsWith('{' + container + '}');
      if (reason.equals(event.text("reason")) && place) {
        found.add(event);
      }
    }
    return found;
  }

  private static PodObject about(PodObject event) {
    PodObject involved = event.at("involvedObject");
    return involved.equals(PodObject.EMPTY) ? event.at("regarding") : involved;
  }

  private static Long millis(PodObject event) {
    for (String name :
        List.of("eventTime", "firstTimestamp", "deprecatedFirstTimestamp", "lastTimestamp")) {
      Long time = event.millis(name);
      if (time != null) {
        return time;
      }
    }
    return event.at("metadata").millis("creationTimestamp");
  }
}
