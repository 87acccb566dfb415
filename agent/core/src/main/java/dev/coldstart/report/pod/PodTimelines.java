package dev.coldstart.report.pod;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.coldstart.report.PodStep;
import dev.coldstart.report.PodTimeline;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.pod.Marks.Moment;
import dev.coldstart.report.pod.Marks.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Joins a report with what Kubernetes tells about the pod its process ran in. */
public final class PodTimelines {
  private final PodStatus pod;
  private final PodEvents events;
  private final RunReport report;
  private final List<String> notes = new ArrayList<>();

  private PodTimelines(PodStatus pod, PodEvents events, RunReport report) {
    this.pod = pod;
    this.events = events;
    this.report = report;
  }

  /**
   * The pod's way to ready, with the process's own start in its place.
   *
   * @param podJson a Pod, as {@code kubectl get pod NAME -o json} prints it
   * @param eventsJson a list of events, null for none
   * @param container the container of the process, null to find it by the time the process started
   * @throws IllegalArgumentException with one line for people: not what it should be, or of another
   *     process
   */
  public static PodTimeline of(
      RunReport report, String podJson, String eventsJson, String container) {
    PodStatus pod = new PodStatus(parse(podJson));
    PodEvents events = new PodEvents(eventsJson == null ? null : parse(eventsJson), pod);
    return new PodTimelines(pod, events, report).timeline(container);
  }

  private static PodObject parse(String json) {
    try {
      JsonElement tree = JsonParser.parseString(json);
      return tree instanceof JsonObject object ? new PodObject(object) : PodObject.EMPTY;
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not JSON: write it with kubectl and -o json", e);
    }
  }

  private PodTimeline timeline(String wanted) {
    String container = wanted == null ? containerOfProcess() : named(wanted);
    Marks marks = new Marks(pod.createdMillis(), notes);
    beforeContainers(marks);
    ContainerRun run = runOfProcess(container);
    container(marks, container, run);
    long process = report.jvm().startEpochMillis();
    marks.add("process_start", Moment.ofNode(process, Source.REPORT), null);
    Long ready = report.startup().readyNanos();
    Long readyMillis = ready == null ? null : process + TimeUnit.NANOSECONDS.toMillis(ready);
    marks.add("service_start", Moment.ofNode(readyMillis, Source.REPORT), null);
    boolean current = !run.equals(pod.lastRun(container));
    marks.add(
        "readiness",
        Moment.ofNode(current ? pod.conditionMillis("Ready") : null, Source.STATUS),
        null);
    List<PodStep> steps = marks.steps();
    Long end = steps.get(steps.size() - 1).endEpochMillis();
    boolean known = end != null && pod.createdMillis() != null && !marks.clocksDisagree();
    if (events.isEmpty()) {
      notes.add("no events of this pod: image pulls are unknown (Kubernetes keeps events an hour)");
    }
    return new PodTimeline(
        pod.name(),
        container,
        pod.restarts(container),
        steps,
        known ? end - pod.createdMillis() : null,
        List.copyOf(notes));
  }

  private void beforeContainers(Marks marks) {
    marks.add(
        "scheduling",
        Moment.ofControlPlane(pod.conditionMillis("PodScheduled"), Source.STATUS)
            .or(Moment.ofControlPlane(events.firstMillis("Scheduled", null), Source.EVENT)),
        null);
    marks.add(
        "sandbox",
        Moment.ofNode(pod.conditionMillis("PodReadyToStartContainers"), Source.STATUS)
            .or(Moment.ofNode(firstPull(), Source.EVENT)),
        "volumes and network");
    for (String init : pod.initContainers()) {
      ContainerRun run = pod.run(init);
      start(marks, init, ": " + init, run.startedMillis());
      if (!pod.isSidecar(init)) {
        marks.add(
            "init: " + init, Moment.ofNode(run.finishedMillis(), Source.STATUS), run.ending());
      }
    }
  }

  /** When the kubelet turned to the first image, ms since 1970; null when nothing is told. */
  private Long firstPull() {
    List<String> containers = new ArrayList<>(pod.initContainers());
    containers.addAll(pod.containers());
    String first = containers.isEmpty() ? null : containers.get(0);
    return first == null ? null : events.firstMillis("Pulling", first);
  }

  private void start(Marks marks, String container, String suffix, Long startedMillis) {
    Long pulled = events.firstMillis("Pulled", container);
    marks.add("image_pull" + suffix, Moment.ofNode(pulled, Source.EVENT), events.pull(container));
    marks.add(
        "container_start" + suffix,
        Moment.ofNode(startedMillis, Source.STATUS)
            .or(Moment.ofNode(events.firstMillis("Started", container), Source.EVENT)),
        null);
  }

  private void container(Marks marks, String container, ContainerRun run) {
    ContainerRun last = pod.lastRun(container);
    int restarts = pod.restarts(container);
    boolean first = run.equals(last) ? restarts == 1 : restarts == 0;
    if (first) {
      start(marks, container, "", run.startedMillis());
      return;
    }
    // Of the first run only an event tells, or the status where it is the one before.
    start(marks, container, "", restarts == 1 ? last.startedMillis() : null);
    boolean afterLast = !run.equals(last);
    marks.add(
        "earlier_runs",
        Moment.ofNode(afterLast ? last.finishedMillis() : null, Source.STATUS),
        afterLast ? last.ending() : null);
    marks.add("back_off", Moment.ofNode(run.startedMillis(), Source.STATUS), null);
    notes.add(
        "the container was restarted: the steps before it are those of the pod's first start");
  }

  private ContainerRun runOfProcess(String container) {
    long process = report.jvm().startEpochMillis();
    if (pod.run(container).mayHold(process, Marks.RESOLUTION_MILLIS)) {
      return pod.run(container);
    }
    ContainerRun last = pod.lastRun(container);
    return last.mayHold(process, Marks.RESOLUTION_MILLIS) ? last : ContainerRun.UNKNOWN;
  }

  private String named(String container) {
    if (!pod.containers().contains(container) && !pod.initContainers().contains(container)) {
      throw new IllegalArgumentException(
          "the pod has no container \"" + container + "\", only " + pod.containers());
    }
    return container;
  }

  private String containerOfProcess() {
    List<String> may = new ArrayList<>();
    for (String container : pod.containers()) {
      if (!runOfProcess(container).equals(ContainerRun.UNKNOWN)) {
        may.add(container);
      }
    }
    if (may.size() == 1) {
      return may.get(0);
    }
    if (pod.containers().size() == 1 && pod.restarts(pod.containers().get(0)) > 1) {
      notes.add("the report is of a run that Kubernetes no longer tells about");
      return pod.containers().get(0);
    }
    throw new IllegalArgumentException(
        may.isEmpty()
            ? "no container of this pod was running when the report's process started: is it the"
                + " report of this pod?"
            : "the process may have run in any of " + may + ": choose one with --container");
  }
}
