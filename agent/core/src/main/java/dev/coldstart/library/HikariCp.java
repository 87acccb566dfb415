package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.net.Opening;
import java.util.List;

/**
 * The HikariCP connection pool. Built eagerly, its constructor opens the first connection; built
 * with the no-argument constructor, the first {@code getConnection()} does. One that finds none
 * idle has the pool asked for one more, and waits for that one or for somebody else's.
 */
public final class HikariCp implements Library {
  private static final String POOL = "com.zaxxer.hikari.pool.";

  @Override
  public String name() {
    return "hikaricp";
  }

  @Override
  public String testedVersions() {
    return "7.0.2";
  }

  @Override
  public List<Probe> probes() {
    Opening wait = new Opening();
    return List.of(
        Probe.read(POOL + "HikariPool", "addBagItem", wait.begins(At.thread()))
            .recording(Phase.DB_CONNECT, Connect.POOL_WAIT.span()),
        Probe.read("com.zaxxer.hikari.util.ConcurrentBag", "borrow", wait.ends(At.thread())),
        Probe.time(Phase.DB_CONNECT, "pool start", POOL + "HikariPool", "<init>")
            .noting(new PoolName()),
        Probe.time(Phase.DB_CONNECT, "pool connection", POOL + "PoolBase", "newConnection"));
  }

  private static final class PoolName implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("pool", Read.text(args[0], "getPoolName"));
    }
  }
}
