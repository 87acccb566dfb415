package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.app.TrivialApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.measure.Samples;
import dev.coldstart.measure.Samples.PhaseNanos;
import dev.coldstart.measure.Samples.Run;
import dev.coldstart.measure.SamplesJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cold starts of real processes, from the packed jar. */
class MeasureIT {
  private static final String JAVA = Jdks.any().tool("java");

  /** In the command line of every process a test has started. */
  private final String marker = "-Dmarker=" + UUID.randomUUID();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("samples.json");
  }

  @Test
  void asksAServiceAndReadsTheAgentsReport() throws IOException {
    Path ask = folder.resolve("ask.yaml");
    Files.writeString(ask, "first: {url: 'http://127.0.0.1:{port}/chunks', status: 200}\ntimes: 3");

    ForkedApp.Ended ended =
        measure(
            List.of("-n2", "--agentless", "--ready=port=(?<port>[0-9]+)", "--requests=" + ask),
            server());

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("cold.db_connect", "The agent's own effect: ready ");
    List<Run> runs = samples().runs();
    assertThat(runs)
        .extracting(Run::variant)
        .containsExactly("default", "agentless", "default", "agentless");
    for (Run run : runs) {
      assertThat(run.status()).as(run.problem()).isEqualTo("ok");
      assertThat(run.first().firstContentNanos())
          .isBetween(run.first().firstByteNanos(), run.first().wallNanos());
      assertThat(run.warm()).hasSize(3);
      assertThat(run.cpuNanos()).isPositive();
      assertThat(run.readyNanos()).isPositive();
      if (run.variant().equals("agentless")) {
        assertThat(run.report()).isNull();
        continue;
      }
      Samples.Request cold = run.report().cold();
      assertThat(cold.phases()).extracting(PhaseNanos::phase).contains("db_connect");
      assertThat(cold.phases().stream().mapToLong(PhaseNanos::exclusiveNanos).sum())
          .isEqualTo(cold.wallNanos());
      // The server may note the end of its response a little after the client has it.
      assertThat(cold.wallNanos())
          .isLessThan(run.first().wallNanos() + TimeUnit.MILLISECONDS.toNanos(500));
    }
    assertThat(Files.readString(file)).doesNotContain("chunks", marker, folder.toString());
    assertNothingIsLeft();
  }

  @Test
  void variantsTakeTurnsAndArePrepared() throws IOException {
    Path order = folder.resolve("order.txt");
    ForkedApp.Ended ended =
        measure(
            List.of(
                "-n2",
                "--exit",
                "--variant=a",
                "--variant=b=-Xmx64m",
                "--quiet",
                "--prepare=echo {variant} $COLDSTART_VARIANT $COLDSTART_RUN >> '" + order + "'"),
            trivial());

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out() + ended.err()).isEmpty();
    assertThat(order).hasContent("a a 1\nb b 1\na a 2\nb b 2\n");
    assertThat(samples().variants().get(1).options()).containsExactly("-Xmx64m");
    assertThat(samples().runs()).allMatch(Run::ok).hasSize(4);
  }

  @Test
  void aScriptGetsTheAgentByItsEnvironment() throws IOException {
    Path script = folder.resolve("run.sh");
    Files.writeString(script, "exec '" + String.join("' '", server()) + "'\n");
    // One that is stopped as soon as it is ready may be gone, on a busy machine, before its report.
    Path ask =
        Files.writeString(
            folder.resolve("ask.json"), "{\"url\": \"http://127.0.0.1:{port}/chunks\"}");
    ForkedApp.Ended ended =
        measure(
            List.of(
                "-n1", "--ready=port=(?<port>[0-9]+)", "--requests=" + ask, "--warm=0", "--json"),
            List.of("sh", script.toString()));

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(SamplesJson.read(ended.out())).isEqualTo(samples());
    assertThat(samples().variants().get(0).agent()).isEqualTo("JAVA_TOOL_OPTIONS");
    assertThat(samples().runs().get(0).report()).isNotNull();
    assertNothingIsLeft();
  }

  @Test
  void whatAServiceStartedEndsWithIt() throws IOException {
    String seconds = "1" + (System.nanoTime() % 1_000_000_000);
    ForkedApp.Ended ended =
        measure(
            List.of("-n1", "--first-line", "--stop-timeout=1"),
            List.of("sh", "-c", "trap '' TERM; sleep " + seconds + " & echo up; wait; wait"));

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(samples().runs().get(0).readyNanos()).isPositive();
    assertThat(processes("sleep " + seconds)).isEmpty();
  }

  @Test
  void aServiceThatIsNeverReadyIsStoppedAndTold() throws IOException {
    ForkedApp.Ended ended = measure(List.of("-n5", "--ready=never said", "--timeout=3"), server());

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.coldstartLines())
        .contains(
            "coldstart: run 1 of default failed: not ready after 3 s; --timeout gives it more");
    assertThat(ended.err()).contains("  | port=").doesNotContain("Exception");
    assertThat(samples().runs()).extracting(Run::status).containsExactly("timeout");
    assertNothingIsLeft();
  }

  @Test
  void aCommandThatFailsIsTold() throws IOException {
    List<String> failing = new ArrayList<>(trivial());
    failing.add("3");
    ForkedApp.Ended ended = measure(List.of("-n2", "--exit", "--keep-going"), failing);

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("run 2 of default failed: ended with code 3", "| trivial");
    assertThat(samples().runs()).hasSize(2).noneMatch(Run::ok);

    ended = measure(List.of("--exit"), List.of(folder.resolve("no-such-program").toString()));
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.coldstartLines()).hasSize(1).allMatch(line -> line.contains("cannot start"));
    file = folder.resolve("no/such/dir/samples.json");
    ended = measure(List.of("--exit"), trivial());
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("cannot write").doesNotContain("Exception");
    ended = measure(List.of(), trivial());
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("--ready");
  }

  @Test
  void aRequestThatFailsIsTold() throws IOException {
    Path ask =
        Files.writeString(
            folder.resolve("ask.json"), "{\"url\": \"http://127.0.0.1:{port}/error\"}");
    ForkedApp.Ended ended =
        measure(
            List.of("-n1", "--ready=port=(?<port>[0-9]+)", "--requests=" + ask, "--warm=0"),
            server());

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(samples().runs().get(0).problem())
        .isEqualTo("first request: HTTP 500 instead of a status below 400");
    assertNothingIsLeft();
  }

  @Test
  void ctrlCKeepsFinishedRunsAndLeavesNothingBehind() throws Exception {
    // What a shell starts in the background ignores SIGINT, and so do its children.
    String signal = ignoresInterrupts() ? "-TERM" : "-INT";
    List<String> command = command(List.of("-n100", "--ready=port="), server());
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.exists(file) || samples().runs().size() < 2) {
        assertThat(System.nanoTime() - deadline).as(Files.readString(log)).isNegative();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(signal.equals("-INT") ? 130 : 143);
    assertThat(log).content().contains("finished runs are in").doesNotContain("Exception");
    assertThat(samples().runs()).hasSizeBetween(2, 99).allMatch(Run::ok);
    assertNothingIsLeft();
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16) & 2) != 0;
  }

  private List<String> server() {
    return java(ServerApp.class, Fakes.compile("hikari", folder).toString());
  }

  private List<String> trivial() {
    return java(TrivialApp.class, "");
  }

  private List<String> java(Class<?> main, String classPath) {
    String all = AgentRun.jarOf(main) + File.pathSeparator + classPath;
    return List.of(JAVA, marker, "-XX:TieredStopAtLevel=1", "-cp", all, main.getName());
  }

  private ForkedApp.Ended measure(List<String> options, List<String> measured) {
    return AgentRun.on(Jdks.any(), folder).tool(command(options, measured).toArray(new String[0]));
  }

  private List<String> command(List<String> options, List<String> measured) {
    List<String> command =
        new ArrayList<>(
            List.of("java", "-jar", AgentRun.JAR.toString(), "measure", "-o", file.toString()));
    command.set(0, JAVA);
    command.addAll(options);
    command.add("--");
    command.addAll(measured);
    return command;
  }

  private Samples samples() throws IOException {
    return SamplesJson.read(Files.readString(file));
  }

  private void assertNothingIsLeft() {
    assertThat(processes(marker)).isEmpty();
  }

  private static List<String> processes(String text) {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(text))
        .toList();
  }
}
