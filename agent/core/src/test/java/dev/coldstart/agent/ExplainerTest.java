package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.report.Explained;
import dev.coldstart.report.Explained.Reason;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Sample;
import dev.coldstart.weave.WeavingTime;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final long MS = 1_000_000;

  private final RequestReport request = Sample.report("cold").requests().get(0).withExplained(null);
  private final long start = request.startMonotonicNanos();
  private final long end = start + request.wallNanos();
  private final ProcessSamples samples =
      new ProcessSamples(new JvmCounters(ByteBuffer.allocate(0)));

  @Test
  void tellsWhatWasUsedUpAndInWhichStretch() {
    samples.add(sample(start + 2 * MS, 100 * MS, 0L, 10 * MS));
    samples.add(sample(start + 500 * MS, 3_000 * MS, 0L, 100 * MS));
    samples.add(sample(end + MS, 20_100 * MS, 30 * MS, 510 * MS));

    Explained explained = explain();

    assertThat(explained.fromNanos()).isEqualTo(2 * MS);
    assertThat(explained.toNanos()).isEqualTo(request.wallNanos() + MS);
    assertThat(explained.cpuNanos()).isEqualTo(20_000 * MS);
    assertThat(explained.throttledNanos()).isEqualTo(30 * MS);
    assertThat(explained.jitNanos()).isEqualTo(500 * MS);
    assertThat(explained.gcNanos()).isNull();
    assertThat(explained.weavingNanos()).isZero();
    assertThat(explained.reasons())
        .extracting(Reason::what)
        .containsExactly("compilation", "throttling");
    assertThat(explained.reasons()).allMatch(r -> r.scope().equals(Explained.PROCESS));
  }

  @Test
  void tellsTheLeastTimeWithoutCpu() {
    samples.add(sample(start + 10 * MS, 0, null, 0));
    samples.add(sample(end, 1_000 * MS, null, 2_000 * MS));

    Reason first = explain().reasons().get(0);

    assertThat(first.what()).isEqualTo("no cpu");
    assertThat(first.scope()).isEqualTo(Explained.REQUEST);
    // What no sample covers may all have been busy, and CPU is counted in steps.
    assertThat(first.tookNanos())
        .isEqualTo(request.unattributedNanos() - 1_000 * MS - 10 * MS - 10 * MS);
  }

  @Test
  void saysWhatIsUnknown() {
    samples.add(sample(start, 0, null, 0));
    samples.add(sample(end, 0, null, 0));

    assertThat(explain().unknown())
        .anyMatch(line -> line.contains("-XX:-UsePerfData"))
        .anyMatch(line -> line.startsWith("throttling: "))
        .anyMatch(line -> line.startsWith("events: "))
        .noneMatch(line -> line.startsWith("CPU time: "));
  }

  @Test
  void saysSoWhenNobodyLooked() {
    Explained explained = explain();

    assertThat(explained.fromNanos()).isNull();
    assertThat(explained.cpuNanos()).isNull();
    assertThat(explained.unknown()).anyMatch(line -> line.contains("nobody looked"));
    assertThat(explained.reasons()).isEmpty();
  }

  @Test
  void remembersTheLatestSamplesOnly() {
    samples.add(sample(start, 0, null, 0));
    for (int i = 0; i < 1000; i++) {
      samples.add(sample(end + i * MS, i * MS, null, 0));
    }

    assertThat(samples.nearest(start).atNanos()).isGreaterThan(end);
  }

  @Test
  void beginningsWakeItUpOnlyWhileThatIsCheap() {
    for (int i = 0; i < 127; i++) {
      samples.requestsEnded(true);
      assertThat(Recorder.watched).isTrue();
    }
    samples.requestsEnded(true);
    assertThat(Recorder.watched).isFalse();
    samples.requestsEnded(false);
    assertThat(Recorder.watched).isFalse();
  }

  @Test
  void readsNoRecordingWhereJfrIsOff() {
    Map<Integer, RequestReport> kept = new HashMap<>();
    Explainer explainer = explainer();
    kept.put(request.id(), explainer.explain(request, Recorder.scratch()));

    assertThat(explainer.readRecording(kept)).isFalse();
  }

  private Explained explain() {
    return explainer().explain(request, Recorder.scratch()).explained();
  }

  private Explainer explainer() {
    return new Explainer(samples, new WeavingTime(), null, () -> false);
  }

  private static ProcessSample sample(long at, long cpu, Long throttled, long jit) {
    return new ProcessSample(at, cpu, throttled, null, null, jit, null, null, null);
  }
}
