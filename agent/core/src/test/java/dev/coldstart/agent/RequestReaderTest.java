package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Span;
import dev.coldstart.weave.Sites;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever the clock did: the parts make the whole, and nothing ends before it began. */
class RequestReaderTest {
  private static final int SITE = Sites.LLM_TTFT;

  private Trace trace = Recorder.scratch();

  @Test
  void aClockThatJumpsBackCostsOnlyWhatItHit() {
    int hit = open(-1, 100);
    close(hit, 40);
    int before = open(-1, -30);
    close(before, 20);
    int never = open(-1, 150);
    trace.end = 200;

    RequestReport request = read();

    check(request);
    assertThat(span(request, hit).endNanos()).isEqualTo(100);
    assertThat(span(request, hit).exclusiveNanos()).isZero();
    assertThat(span(request, before).startNanos()).isEqualTo(-30);
    assertThat(span(request, before).exclusiveNanos()).isEqualTo(20);
    assertThat(span(request, never).open()).isTrue();
    assertThat(span(request, never).exclusiveNanos()).isEqualTo(50);
    assertThat(request.clamped()).isEqualTo(1);
    assertThat(request.unattributedNanos()).isEqualTo(130);
  }

  @Test
  void aWordThatIsWrittenAfterTheEndDoesNotMoveIt() {
    trace.content(trace.startNanos + 50, true);
    trace.body(trace.startNanos + 300);
    trace.end = 200;

    RequestReport request = read();

    check(request);
    assertThat(request.window()).isEqualTo("first_visible_token");
    assertThat(request.wallNanos()).isEqualTo(200);
  }

  @Property(tries = 2_000)
  void anyTimesGiveAnExactSum(@ForAll long seed) {
    // Tries share an instance.
    trace = Recorder.scratch();
    Random random = new Random(seed);
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      int index = open(random.nextInt(i + 1) - 1, random.nextInt(3_000) - 1_000L);
      if (random.nextInt(4) > 0) {
        trace.close(index, trace.startNanos + random.nextInt(3_000) - 1_000L, random.nextBoolean());
      }
    }
    if (random.nextBoolean()) {
      trace.content(trace.startNanos + random.nextInt(3_000) - 1_000L, true);
      trace.body(trace.startNanos + random.nextInt(3_000) - 1_000L);
    }
    trace.end = 1L + random.nextInt(1_000);

    RequestReport request = read();

    check(request);
    assertThat(request.spans()).hasSize(count);
  }

  private static void check(RequestReport request) {
    long sum = request.phases().stream().mapToLong(PhaseTime::exclusiveNanos).sum();
    assertThat(sum + request.unattributedNanos()).isEqualTo(request.wallNanos());
    assertThat(request.unattributedNanos()).isNotNegative();
    assertThat(request.wallNanos()).isPositive().isLessThanOrEqualTo(request.durationNanos());
    assertThat(request.phases())
        .allMatch(p -> p.exclusiveNanos() >= 0 && p.hiddenNanos() >= 0)
        .allMatch(p -> p.exclusiveNanos() + p.hiddenNanos() == p.totalNanos());
    assertThat(request.spans())
        .allMatch(s -> s.startNanos() <= s.endNanos() && s.exclusiveNanos() >= 0);
  }

  private int open(int parent, long at) {
    return trace.open(SITE, parent, trace.startNanos + at, Scope.current(), false);
  }

  private void close(int index, long at) {
    trace.close(index, trace.startNanos + at, false);
  }

  private RequestReport read() {
    return new RequestReader(Clock.now()).read(trace, 1).report();
  }

  private static Span span(RequestReport request, int id) {
    return request.spans().stream().filter(s -> s.id() == id).findFirst().orElseThrow();
  }
}
