package dev.coldstart.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A pod's way to ready in one sentence. */
final class PodText {
  private static final int MAX_NAME = 60;
  private static final int MAX_STEPS = 30;

  /** "41.2 s from creation to ready: scheduling 1.00 s, ...". */
  static String steps(PodTimeline pod) {
    Long whole = pod.wholeMillis();
    return (whole == null ? "unknown time" : time(whole))
        + " from creation to ready: "
        + String.join(", ", parts(pod.steps()));
  }

  /** Unknown neighbours are named together, with what they took together. */
  private static List<String> parts(List<PodStep> steps) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < steps.size() && parts.size() < MAX_STEPS; ) {
      PodStep step = steps.get(i);
      int next = i + 1;
      StringBuilder part = new StringBuilder(Human.clean(step.name(), MAX_NAME));
      if (step.millis() != null) {
        part.append(' ').append(time(step.millis())).append(detail(step));
      } else {
        for (; next < steps.size() && steps.get(next).millis() == null; next++) {
          part.append(" + ").append(Human.clean(steps.get(next).name(), MAX_NAME));
        }
        part.append(" unknown");
        if (step.togetherMillis() != null) {
          part.append(" (").append(time(step.togetherMillis())).append(" together)");
        }
      }
      parts.add(part.toString());
      i = next;
    }
    return parts;
  }

  private static String detail(PodStep step) {
    return step.detail() == null ? "" : " (" + Human.clean(step.detail(), 100) + ")";
  }

  private static String time(long millis) {
    return Human.time(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private PodText() {}
}
