package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrEventsTest {
  @TempDir Path temp;

  private final JfrEvents exporter = new JfrEvents();
  private final RequestReport request = Sample.report("cold").requests().get(0);

  @Test
  void writesTheRequestAndItsPhasesWhileARecordingRuns() throws IOException {
    Path file = temp.resolve("a.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      exporter.request(request, true);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    RecordedEvent told = one(events, "dev.coldstart.Request");
    assertThat(told.getString("kind")).isEqualTo("cold");
    assertThat(told.getString("traceId")).isEqualTo(request.traceId());
    assertThat(told.getInt("requestId")).isEqualTo(1);
    assertThat(told.getDuration("wall")).isEqualTo(Duration.ofNanos(request.wallNanos()));
    assertThat(told.getInstant("requestStart"))
        .isEqualTo(Instant.ofEpochMilli(request.startEpochNanos() / 1_000_000));
    assertThat(told.getEventType().getCategoryNames()).containsExactly("Coldstart");

    List<RecordedEvent> phases =
        events.stream().filter(e -> name(e).equals("dev.coldstart.Phase")).toList();
    Duration sum =
        phases.stream().map(e -> e.getDuration("exclusive")).reduce(Duration.ZERO, Duration::plus);
    assertThat(phases).hasSize(request.phases().size() + 1);
    assertThat(sum).isEqualTo(Duration.ofNanos(request.wallNanos()));
    RecordedEvent registry =
        phases.stream().filter(e -> e.getString("phase").equals("tool_registry")).toList().get(0);
    assertThat(registry.getDuration("firstStart")).isEqualTo(Duration.ofNanos(1_200_000_017L));
    assertThat(registry.getDuration("lastEnd")).isEqualTo(Duration.ofNanos(31_212_000_017L));
  }

  @Test
  void everyFieldHasALabel() {
    FlightRecorder.register(JfrPhase.class);
    FlightRecorder.register(JfrRequest.class);
    FlightRecorder.register(JfrStartup.class);
    FlightRecorder.register(JfrEarlier.class);
    assertThat(FlightRecorder.getFlightRecorder().getEventTypes())
        .filteredOn(type -> type.getName().startsWith("dev.coldstart."))
        .hasSize(4)
        .flatExtracting(type -> type.getFields())
        .allSatisfy(field -> assertThat(field.getLabel()).as(field.getName()).isNotNull());
  }

  @Test
  void sumsUpWhatALateRecordingMissed() throws Exception {
    RunReport report = Sample.report("cold");
    Path file = temp.resolve("late.jfr");
    exporter.request(request, true);
    exporter.report(report);
    exporter.request(Requests.of("warm", null, 1), true);
    try (Recording recording = new Recording()) {
      recording.start();
      exporter.request(Requests.of("warm", null, 2), true);
      exporter.report(report);
      exporter.request(Requests.of("warm", null, 3), true);
      exporter.report(report);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events).filteredOn(e -> name(e).equals("dev.coldstart.Request")).hasSize(2);
    assertThat(events).filteredOn(e -> name(e).equals("dev.coldstart.Earlier")).hasSize(1);
    assertThat(events).filteredOn(e -> name(e).equals("dev.coldstart.Startup")).hasSize(1);
    RecordedEvent earlier = one(events, "dev.coldstart.Earlier");
    assertThat(earlier.getInt("requests")).isEqualTo(2);
    assertThat(earlier.getString("traceId")).isEqualTo(request.traceId());
    assertThat(earlier.getString("phases")).startsWith("tool_registry 30012.000 ms, ");
    RecordedEvent startup = one(events, "dev.coldstart.Startup");
    assertThat(startup.getDuration("ready")).isEqualTo(Duration.ofMillis(12_753));
    assertThat(startup.getString("paidBeforeReady")).contains("tool_registry 3199.765 ms");

    assertThat(jfr("summary", file))
        .containsPattern("dev.coldstart.Startup +1 ")
        .containsPattern("dev.coldstart.Earlier +1 ")
        .containsPattern("dev.coldstart.Request +2 ");
    assertThat(jfr("print", "--events", "dev.coldstart.*", file))
        .contains("dev.coldstart.Startup {", "readySignal = \"tomcat started\"", "kind = \"warm\"");
  }

  /** The JDK's own tool. */
  private String jfr(Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jfr").toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path out = temp.resolve("jfr.txt");
    Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out);
  }

  @Test
  void writesNothingWithoutARecording() throws IOException {
    exporter.request(request, true);

    Path file = temp.resolve("b.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      recording.stop();
      recording.dump(file);
    }
    assertThat(RecordingFile.readAllEvents(file)).noneMatch(e -> name(e).startsWith("dev."));
  }

  @Test
  void startsARecordingOfItsOwn() throws Exception {
    List<String> warnings = new ArrayList<>();
    Path file = temp.resolve("new/dir/own.jfr");

    assertThat(JfrEvents.startRecording(file, warnings::add)).isTrue();
    exporter.request(request, true);
    Recording own =
        FlightRecorder.getFlightRecorder().getRecordings().stream()
            .filter(r -> r.getName().equals("coldstart"))
            .findFirst()
            .orElseThrow();
    assertThat(own.getDestination()).isEqualTo(file);
    assertThat(own.getDumpOnExit()).isTrue();
    own.stop();
    own.close();

    assertThat(RecordingFile.readAllEvents(file))
        .extracting(JfrEventsTest::name)
        .contains("dev.coldstart.Request", "jdk.OSInformation")
        .doesNotContain(
            "jdk.JVMInformation",
            "jdk.InitialEnvironmentVariable",
            "jdk.InitialSystemProperty",
            "jdk.SystemProcess");
    assertThat(warnings).isEmpty();
  }

  @Test
  void saysSoWhenNoRecordingCanBeStarted() throws IOException {
    List<String> warnings = new ArrayList<>();
    Path notDirectory = Files.writeString(temp.resolve("file"), "");

    assertThat(JfrEvents.startRecording(notDirectory.resolve("a.jfr"), warnings::add)).isFalse();

    assertThat(warnings).singleElement().asString().startsWith("jfr=on: no recording");
  }

  private static RecordedEvent one(List<RecordedEvent> events, String name) {
    return events.stream().filter(e -> name(e).equals(name)).toList().get(0);
  }

  private static String name(RecordedEvent event) {
    return event.getEventType().getName();
  }
}
