package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * Pools of Apache Commons Pool 2, as Jedis and DBCP have them: waiting for one of its objects to
 * come back, once none is idle and no more may be made.
 */
public final class CommonsPool implements Library {
  /** Its own queue of idle objects; asked this way only by who is to wait. */
  private static final String IDLE = "org.apache.commons.pool2.impl.LinkedBlockingDeque";

  @Override
  public String name() {
    return "commons-pool2";
  }

  @Override
  public String testedVersions() {
    return "2.12.1";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.connect(Connect.POOL_WAIT, IDLE, "takeFirst"),
        // Not the one without a limit of time, which never waits.
        Probe.connect(Connect.POOL_WAIT, IDLE, "pollFirst").taking("Duration;)"),
        Probe.connect(Connect.POOL_WAIT, IDLE, "pollFirst").taking("TimeUnit;)"));
  }
}
