package dev.coldstart.report.pod;

import dev.coldstart.report.PodStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chain of moments, each the end of a step and the beginning of the next one. The control plane's
 * clock (creation, scheduling) and the node's (kubelet, process) may disagree: the step from one to
 * the other is unknown when it would be negative, and what one clock alone tells stays.
 */
final class Marks {
  /** Kubernetes truncates times to whole seconds. */
  static final long RESOLUTION_MILLIS = 1_000;

  /** Who told a moment. */
  enum Source {
    STATUS,
    EVENT,
    REPORT
  }

  private record Mark(String step, Moment end, String detail) {}

  /**
   * When something happened.
   *
   * @param millis ms since 1970, null when unknown
   * @param onNode by the node's clock, else the control plane's
   */
  record Moment(Long millis, Source source, boolean onNode) {
    static Moment ofControlPlane(Long millis, Source source) {
      return new Moment(millis, source, false);
    }

    static Moment ofNode(Long millis, Source source) {
      return new Moment(millis, source, true);
    }

    /** This one, or the other when this is unknown. */
    Moment or(Moment other) {
      return millis == null ? other : this;
    }
  }

  private final Long begin;
  private final List<Mark> marks = new ArrayList<>();
  private final List<String> notes;
  private boolean clocksDisagree;

  /**
   * An empty chain.
   *
   * @param beginMillis ms since 1970 by the control plane's clock, null when unknown
   * @param notes takes what does not fit
   */
  Marks(Long beginMillis, List<String> notes) {
    this.begin = beginMillis;
    this.notes = notes;
  }

  /** The next step ended then. */
  void add(String step, Moment end, String detail) {
    marks.add(new Mark(step, end, detail));
  }

  /** Whether times of the two clocks contradict each other; known after {@link #steps}. */
  boolean clocksDisagree() {
    return clocksDisagree;
  }

  /** The steps, in order; none is negative. */
  List<PodStep> steps() {
    List<PodStep> steps = new ArrayList<>();
    Long start = begin;
    Long lastKnown = begin;
    boolean lastOnNode = false;
    for (Mark mark : marks) {
      Long end = mark.end().millis();
      if (end != null && lastKnown != null && end < lastKnown) {
        long back = lastKnown - end;
        if (back <= RESOLUTION_MILLIS) {
          end = lastKnown;
        } else if (mark.end().onNode() != lastOnNode) {
          clocksDisagree(mark, back);
          start = null;
          lastKnown = null;
        } else {
          notes.add(
              "%s is told to end %.1f s before the step in front of it: taken as unknown"
                  .formatted(mark.step(), back / 1e3));
          end = null;
        }
      }
      steps.add(step(mark, start, end));
      start = end;
      if (end != null) {
        together(steps, lastKnown, end);
        lastKnown = end;
        lastOnNode = mark.end().onNode();
      }
    }
    return steps;
  }

  private void clocksDisagree(Mark mark, long millis) {
    clocksDisagree = true;
    notes.add(
        "the node's clock is at least %.1f s off the control plane's: how long %s took is unknown"
            .formatted(millis / 1e3, mark.step()));
  }

  private static PodStep step(Mark mark, Long start, Long end) {
    String source = end == null ? null : mark.end().source().name().toLowerCase(Locale.ROOT);
    return new PodStep(mark.step(), start, end, null, source, mark.detail());
  }

  /** The unknown steps that end the list begin at the last known moment. */
  private static void together(List<PodStep> steps, Long from, long end) {
    for (int i = steps.size() - 1; i >= 0 && from != null; i--) {
      PodStep step = steps.get(i);
      if (step.millis() != null || (i < steps.size() - 1 && step.endEpochMillis() != null)) {
        return;
      }
      steps.set(
          i,
          new PodStep(
              step.name(),
              step.startEpochMillis(),
              step.endEpochMillis(),
              end - from,
              step.source(),
              step.detail()));
    }
  }
}
