package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.Slice;
import dev.coldstart.report.Explained;
import dev.coldstart.report.Explained.Reason;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Sample;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JfrReasonsTest {
  private static final long TAKES = TimeUnit.MILLISECONDS.toNanos(120);
  private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(100);

  @TempDir private Path folder;

  private final JfrReasons reasons = new JfrReasons();
  private Recording recording;
  private long startNanos;

  @BeforeEach
  void record() {
    recording = new Recording();
    JfrEvents.enableWhatExplains(recording);
    recording.start();
    startNanos = epochNanos();
  }

  @AfterEach
  void stop() {
    recording.close();
  }

  @Test
  void namesWhatAThreadWaitedFor() {
    park(TAKES);
    long end = epochNanos();

    JfrReasons.Found found = of(request(startNanos, end, 0), Thread.currentThread());

    assertThat(found.missing()).isNull();
    Reason first = found.reasons().get(0);
    assertThat(first.what()).isEqualTo("park");
    assertThat(first.detail()).isEqualTo(Object.class.getName());
    assertThat(first.scope()).isEqualTo(Explained.REQUEST);
    assertThat(first.tookNanos()).isBetween(LEAST, end - startNanos);
    assertThat(first.count()).isPositive();
  }

  @Test
  void countsOnlyWhatNoPhaseCovers() {
    park(TAKES);
    long covered = epochNanos() - startNanos;

    JfrReasons.Found found =
        of(request(startNanos, startNanos + 2 * covered, covered), Thread.currentThread());

    assertThat(found.reasons()).noneMatch(reason -> reason.what().equals("park"));
  }

  @Test
  void countsOnlyThreadsOfTheRequest() throws Exception {
    Thread other = new Thread(() -> park(TAKES));
    other.start();
    other.join();
    RequestReport request = request(startNanos, epochNanos(), 0);

    assertThat(of(request, Thread.currentThread()).reasons())
        .noneMatch(reason -> reason.what().equals("park"));
    assertThat(of(request, other).reasons()).anyMatch(reason -> reason.what().equals("park"));
  }

  @Test
  void leavesOutPoolThreadsThatWaitForTheirNextTask() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try {
      Thread worker = pool.submit(Thread::currentThread).get();
      park(TAKES);
      pool.submit(() -> {}).get();

      assertThat(of(request(startNanos, epochNanos(), 0), worker).reasons())
          .noneMatch(reason -> reason.what().equals("park"));
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void namesTheMethodThatRan() {
    long sum = spin(System.nanoTime() + 3 * TAKES);

    Reason first =
        of(request(startNanos, epochNanos(), 0), Thread.currentThread()).reasons().stream()
            .filter(reason -> reason.scope().equals(Explained.REQUEST))
            .findFirst()
            .orElseThrow();

    assertThat(sum).isNotZero();
    assertThat(first.what()).isEqualTo("frame");
    assertThat(first.detail()).endsWith(JfrReasonsTest.class.getName() + ".spin");
    assertThat(first.source()).isEqualTo("jfr samples");
    // Samples come late on a busy machine; each that came stands for 10 ms.
    assertThat(first.tookNanos()).isEqualTo(first.count() * 10_000_000L);
  }

  @Test
  void tellsFilesWithoutTheirNames() throws IOException {
    Path file = Files.write(folder.resolve("secret-name"), new byte[4 << 20]);
    recording.enable("jdk.FileRead").withoutThreshold();
    long begin = epochNanos();
    // Long enough for what is told, 1 ms in all, on a fast machine too.
    while (epochNanos() - begin < TAKES) {
      try (FileInputStream in = new FileInputStream(file.toFile())) {
        in.readNBytes(new byte[4 << 20], 0, 4 << 20);
      }
    }

    JfrReasons.Found found = of(request(begin, epochNanos(), 0), Thread.currentThread());

    assertThat(found.toString()).doesNotContain("secret-name");
    assertThat(found.reasons()).anyMatch(r -> r.what().equals("file") && r.detail().equals("read"));
  }

  @Test
  void saysWhenThereIsNothingToRead() {
    RequestReport longAgo = request(1_000_000_000L, 2_000_000_000L, 0);

    assertThat(of(longAgo, Thread.currentThread()).missing()).contains("none of this request");
  }

  @Test
  void givesUpWhenToldTo() {
    park(TAKES);
    RequestReport request = request(startNanos, epochNanos(), 0);

    assertThat(reasons.of(request, Set.of(), () -> true).missing()).contains("only part");
  }

  @ParameterizedTest
  @CsvSource({"20 ms, 20000000", "1 s, 1000000000", "500 us, 500000", "everyChunk, 20000000"})
  void readsPeriods(String text, long nanos) {
    assertThat(JfrReasons.nanos(text)).isEqualTo(nanos);
  }

  private JfrReasons.Found of(RequestReport request, Thread thread) {
    return reasons.of(request, Set.of(id(thread)), () -> false);
  }

  @SuppressWarnings("deprecation")
  private static long id(Thread thread) {
    return thread.getId();
  }

  private static void park(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(new Object(), left);
    }
  }

  private static long spin(long endNanos) {
    long x = 1;
    while (System.nanoTime() - endNanos < 0) {
      for (int i = 0; i < 10_000; i++) {
        x = x * 31 + i;
      }
    }
    return x;
  }

  /** A request whose first part a phase covers. */
  private static RequestReport request(long start, long end, long covered) {
    RequestReport r = Sample.report("cold").requests().get(0);
    long wall = end - start;
    List<Slice> slices =
        List.of(
            new Slice(0, covered, Phase.TOOL_REGISTRY.id(), 1),
            new Slice(covered, wall, Phase.UNATTRIBUTED, -1));
    return new RequestReport(
        r.id(),
        r.kind(),
        r.method(),
        r.route(),
        r.window(),
        r.startMonotonicNanos(),
        start,
        wall,
        wall,
        r.ttftNanos(),
        r.phases(),
        wall - covered,
        0,
        0,
        false,
        null,
        r.traceId(),
        null,
        slices,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
