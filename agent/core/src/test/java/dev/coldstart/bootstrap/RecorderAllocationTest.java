package dev.coldstart.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A warm enter and exit allocates nothing. */
class RecorderAllocationTest {
  private static final int INTERVALS = 60;
  private static final int ROUNDS = 200;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void enterAndExitAllocateNothing() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      int request = Recorder.join(Recorder.scratch());
      long before = allocated();
      for (int i = 0; i < INTERVALS; i++) {
        Recorder.exit(Recorder.enter(20));
      }
      least = Math.min(least, allocated() - before);
      Recorder.detach(request);
    }
    // What the bean itself allocates, measured the same way.
    long bean = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = allocated();
      bean = Math.min(bean, allocated() - before);
    }
    assertThat(least).isEqualTo(bean);
  }

  private long allocated() {
    return threads.getCurrentThreadAllocatedBytes();
  }
}
