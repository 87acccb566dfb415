package dev.coldstart.report.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.coldstart.report.MarkdownText;
import dev.coldstart.report.PodStep;
import dev.coldstart.report.PodTimeline;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import dev.coldstart.report.SummaryText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pods and events of the shape that {@code kubectl -o json} prints; the process starts at 00:00:00.
 */
class PodTimelinesTest {
  private static final RunReport REPORT = Sample.report("cold");

  /** The same process, started at 00:05:00. */
  private static final RunReport AFTER_RESTART =
      ReportJson.read(ReportJson.write(REPORT).replace("1767225600000", "1767225900000"));

  private static final String POD = text("pod.json");
  private static final String EVENTS = text("events.json");

  @Test
  void tellsEveryStepFromCreationToReady() {
    PodTimeline pod = PodTimelines.of(REPORT, POD, EVENTS, null);

    assertThat(names(pod))
        .containsExactly(
            "scheduling 1000",
            "sandbox 3000",
            "image_pull: migrate 2000",
            "container_start: migrate 1000",
            "init: migrate 8000",
            "image_pull 24000",
            "container_start 2000",
            "process_start 1000",
            "service_start 12753",
            "readiness 3247");
    assertThat(pod.wholeMillis()).isEqualTo(58_000);
    assertThat(pod.steps().stream().mapToLong(PodStep::millis).sum()).isEqualTo(58_000);
    assertThat(pod.steps())
        .extracting(PodStep::detail)
        .contains("pulled in 22.4s, 24.13s with waiting for other pulls", "Completed, exit code 0");
    assertThat(pod.container()).isEqualTo("app");
    assertThat(pod.notes()).isEmpty();
  }

  @Test
  void withoutEventsImagePullsAreUnknownAndTheRestStillAddsUp() {
    PodTimeline pod = PodTimelines.of(REPORT, POD, null, null);

    assertThat(names(pod))
        .containsExactly(
            "scheduling 1000",
            "sandbox 3000",
            "image_pull: migrate unknown of 3000",
            "container_start: migrate unknown of 3000",
            "init: migrate 8000",
            "image_pull unknown of 26000",
            "container_start unknown of 26000",
            "process_start 1000",
            "service_start 12753",
            "readiness 3247");
    assertThat(pod.wholeMillis()).isEqualTo(58_000);
    assertThat(pod.notes()).anyMatch(note -> note.contains("no events"));
  }

  @Test
  void imageThatWasThereAlready() {
    String present =
        EVENTS.replaceAll(
            "Successfully pulled image [^,]*2.4.0\\\\\" in 22[^,]*",
            "Container image \\\\\"x:2.4.0\\\\\" already present on machine\"");

    PodTimeline pod = PodTimelines.of(REPORT, POD, present, null);

    assertThat(step(pod, "image_pull").detail()).isEqualTo("already present");
  }

  @Test
  void eventsOfTheNewerApiAreReadToo() {
    String newer =
        EVENTS
            .replace("\"involvedObject\"", "\"regarding\"")
            .replace("\"message\"", "\"note\"")
            .replace("\"firstTimestamp\"", "\"deprecatedFirstTimestamp\"")
            .replace("\"lastTimestamp\"", "\"deprecatedLastTimestamp\"")
            .replace("\"kind\": \"List\"", "\"kind\": \"EventList\"");

    assertThat(names(PodTimelines.of(REPORT, POD, newer, null)))
        .isEqualTo(names(PodTimelines.of(REPORT, POD, EVENTS, null)));
  }

  @Test
  void missingFieldsAreUnknownNeverZero() {
    PodTimeline pod =
        PodTimelines.of(
            REPORT,
            POD.replaceAll("\\{[^{}]*\"(PodScheduled|PodReadyToStartContainers)\"\\},?", "")
                .replaceAll(",\\s*\\]", "]")
                .replace(
                    "\"status\": \"True\", \"type\": \"Ready\"",
                    "\"status\": \"False\", \"type\": \"Ready\""),
            null,
            null);

    assertThat(names(pod))
        .contains("scheduling unknown of 7000", "sandbox unknown of 7000", "readiness unknown")
        .contains("service_start 12753");
    assertThat(pod.wholeMillis()).isNull();
  }

  @Test
  void processThatNeverBecameReady() {
    String unready = Sample.json("cold").replace("\"ready_ns\": 12753000000", "\"ready_ns\": null");

    PodTimeline pod = PodTimelines.of(ReportJson.read(unready), POD, EVENTS, null);

    assertThat(names(pod)).contains("service_start unknown of 16000", "readiness unknown of 16000");
  }

  @Test
  void clockOfTheNodeBehindTheControlPlane() {
    String ahead =
        POD.replace(
                "\"creationTimestamp\": \"2025-12-31T23:59:18Z\"",
                "\"creationTimestamp\": \"2025-12-31T23:59:58Z\"")
            .replace(
                "\"2025-12-31T23:59:19Z\", \"status\": \"True\", \"type\": \"PodScheduled\"",
                "\"2025-12-31T23:59:59Z\", \"status\": \"True\", \"type\": \"PodScheduled\"");

    PodTimeline pod = PodTimelines.of(REPORT, ahead, EVENTS, null);

    assertThat(names(pod))
        .startsWith("scheduling 1000", "sandbox unknown", "image_pull: migrate 2000")
        .endsWith("service_start 12753", "readiness 3247");
    assertThat(pod.wholeMillis()).isNull();
    assertThat(pod.notes()).anyMatch(note -> note.contains("clock is at least 37.0 s off"));
  }

  @Test
  void restartStandsBetweenThePodsFirstStartAndThisProcess() {
    PodTimeline pod = PodTimelines.of(AFTER_RESTART, restarted(1), EVENTS, null);

    assertThat(names(pod))
        .containsSequence(
            "image_pull 24000",
            "container_start 2000",
            "earlier_runs 121000",
            "back_off 179000",
            "process_start 1000",
            "service_start 12753",
            "readiness 3247");
    assertThat(pod.restarts()).isEqualTo(1);
    assertThat(step(pod, "earlier_runs").detail()).isEqualTo("OOMKilled, exit code 137");
    assertThat(pod.notes()).anyMatch(note -> note.contains("restarted"));
  }

  @Test
  void ofSeveralRestartsOnlyTheLastRunIsTold() {
    PodTimeline pod = PodTimelines.of(AFTER_RESTART, restarted(3), null, null);

    assertThat(names(pod))
        .containsSequence(
            "image_pull unknown of 147000",
            "container_start unknown of 147000",
            "earlier_runs unknown of 147000",
            "back_off 179000");
  }

  @Test
  void reportOfTheRunBeforeTheLastRestart() {
    PodTimeline pod = PodTimelines.of(REPORT, restarted(1), EVENTS, null);

    assertThat(names(pod))
        .endsWith("process_start 1000", "service_start 12753", "readiness unknown")
        .doesNotContain("earlier_runs unknown");
    assertThat(pod.wholeMillis()).isNull();
  }

  /** The first run ended at 00:02:00 by lack of memory, the one going on began at 00:04:59. */
  private static String restarted(int restarts) {
    return POD.replace(
            "\"state\": {\"running\": {\"startedAt\": \"2025-12-31T23:59:59Z\"}}",
            "\"state\": {\"running\": {\"startedAt\": \"2026-01-01T00:04:59Z\"}}")
        .replace(
            "\"lastState\": {},\n                \"name\": \"app\"",
            "\"lastState\": {\"terminated\": {\"exitCode\": 137, \"reason\": \"OOMKilled\","
                + " \"startedAt\": \"2025-12-31T23:59:59Z\", \"finishedAt\":"
                + " \"2026-01-01T00:02:00Z\"}}, \"name\": \"app\"")
        .replace(
            "\"ready\": true,\n                \"restartCount\": 0,\n                \"started\": true",
            "\"ready\": true, \"restartCount\": " + restarts + ", \"started\": true")
        .replace("2026-01-01T00:00:16Z", "2026-01-01T00:05:16Z");
  }

  @Test
  void refusesWhatIsOfAnotherProcess() {
    assertRefused(
        POD.replace("23:59:59Z", "12:00:00Z").replace("2025-12-31T12", "2027-12-31T12"),
        EVENTS,
        null,
        "is it the report of this pod");
    assertRefused("{\"kind\": \"Node\"}", EVENTS, null, "not a Pod");
    assertRefused("[1", EVENTS, null, "not JSON");
    assertRefused(POD, "{}", null, "not a list of events");
    assertRefused(POD, EVENTS, "web", "no container \"web\"");
  }

  @Test
  void asksWhichOfTwoContainers() {
    String two =
        POD.replace("\"containers\": [", "\"containers\": [{\"name\": \"proxy\"},")
            .replace(
                "\"containerStatuses\": [",
                "\"containerStatuses\": [{\"name\": \"proxy\", \"restartCount\": 0, \"state\":"
                    + " {\"running\": {\"startedAt\": \"2025-12-31T23:59:50Z\"}}},");

    assertRefused(two, EVENTS, null, "choose one with --container");
    assertThat(PodTimelines.of(REPORT, two, EVENTS, "app").container()).isEqualTo("app");
  }

  @Test
  void everyRenderingShowsItAndNoneHoldsWhatThePodHides() {
    RunReport joined = REPORT.withPod(PodTimelines.of(REPORT, POD, EVENTS, null));

    String text = SummaryText.first(joined, "x.json");
    assertThat(text.replaceAll("\\s+", " "))
        .contains("Pod 58.0 s from creation to ready: scheduling 1.00 s, sandbox 3.00 s");
    assertThat(MarkdownText.of(joined)).contains("**Pod**", "readiness 3.25 s");
    assertThat(ReportJson.read(ReportJson.write(joined))).isEqualTo(joined);
    assertThat(text + ReportJson.write(joined))
        .doesNotContain("planted-secret", "registry.example");
  }

  private static void assertRefused(String pod, String events, String container, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PodTimelines.of(REPORT, pod, events, container))
        .withMessageContaining(why);
  }

  private static List<String> names(PodTimeline pod) {
    return pod.steps().stream().map(PodTimelinesTest::name).toList();
  }

  private static String name(PodStep step) {
    String together = step.togetherMillis() == null ? "" : " of " + step.togetherMillis();
    return step.name()
        + ' '
        + (step.millis() == null ? "unknown" + together : String.valueOf(step.millis()));
  }

  private static PodStep step(PodTimeline pod, String name) {
    return pod.steps().stream().filter(step -> step.name().equals(name)).findFirst().orElseThrow();
  }

  private static String text(String file) {
    try (InputStream in = PodTimelinesTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
