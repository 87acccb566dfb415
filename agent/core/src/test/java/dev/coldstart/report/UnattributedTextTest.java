package dev.coldstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Explained.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnattributedTextTest {
  private static final long MS = 1_000_000;

  private final RequestReport request = Sample.report("cold").requests().get(0);

  @Test
  void tellsTheRequestsOwnReasonsApartFromTheProcess() {
    String text =
        text(
            800 * MS,
            reason("no cpu", "", Explained.REQUEST, 200 * MS, null),
            reason("class loading", "", Explained.PROCESS, 300 * MS, 1240L),
            reason("weaving", "", Explained.PROCESS, 40 * MS, null));

    assertThat(text)
        .isEqualTo(
            "of its 14.0 s: at least 200 ms waiting for something or for a CPU. Process-wide"
                + " meanwhile, not to be added up: class loading 300 ms (1240 classes), weaving"
                + " 40.0 ms (Coldstart's own). CPU 800 ms over 1.00 s on 2 CPUs");
  }

  @Test
  void fallsBackToTheClassesDefined() {
    assertThat(UnattributedText.of(request.withExplained(null), 2))
        .startsWith(request.classesDefined() + " classes were defined meanwhile");
  }

  @Test
  void saysWhyNothingIsKnown() {
    assertThat(text(null)).isEqualTo("Unknown: the reason");
  }

  @Test
  void showsNoControlCharacters() {
    assertThat(text(null, reason("lock", "a\u001b[2Jb\n", Explained.REQUEST, MS, 1L)))
        .contains("lock a?[2Jb? 1.00 ms");
  }

  private String text(Long cpuNanos, Reason... reasons) {
    Explained explained =
        new Explained(
            0L,
            1000 * MS,
            cpuNanos,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of("the reason"),
            List.of(reasons));
    return UnattributedText.of(request.withExplained(explained), 2);
  }

  private static Reason reason(String what, String detail, String scope, long nanos, Long count) {
    return new Reason(what, detail, "jvm counters", scope, nanos, count);
  }
}
