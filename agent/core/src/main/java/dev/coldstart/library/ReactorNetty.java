package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.net.Opening;
import java.util.List;

/**
 * Reactor Netty's pools of connections: waiting for one, and opening one for whoever waits, also on
 * a thread that serves the queue while it works for another request. What arrives on a connection
 * is for the request that subscribed to it. The steps of connections are Netty's.
 */
public final class ReactorNetty implements Library {
  private static final String POOLS = "reactor.netty.internal.shaded.reactor.pool.";
  private static final String POOL = POOLS + "SimpleDequePool";
  private static final String BORROWER = POOLS + "AbstractPool$Borrower";
  private static final String RECEIVED = "reactor.netty.channel.FluxReceive";

  @Override
  public String name() {
    return "reactor-netty";
  }

  @Override
  public String testedVersions() {
    return "1.1.28, 1.3.7";
  }

  @Override
  public List<Probe> probes() {
    Opening wait = new Opening();
    return List.of(
        Probe.bind(BORROWER, "<init>"),
        Probe.read(POOL, "doAcquire", wait.waits(null, At.argument(0)))
            .connecting(Connect.POOL_WAIT),
        // It gets one that was idle, or one is opened for it; or it fails.
        Probe.read(BORROWER, "fail", wait.fails(At.argument(0), At.self())),
        Probe.read(BORROWER, "stopPendingCountdown", wait.endsBefore(At.self())),
        Probe.read(POOL, "drainLoop", new Drain()),
        Probe.read(BORROWER, "stopPendingCountdown", new Turn()),
        Probe.bind(RECEIVED, "startReceiver"),
        Probe.run(RECEIVED, "drainReceiver"));
  }

  /** Whom a thread serves that drains a pool. */
  private static final class Serving {
    private static final ThreadLocal<Serving> HERE = new ThreadLocal<>();

    private final Serving outer = HERE.get();
    private Object borrower;
    private int token = -1;

    void turnTo(Object next) {
      if (next != borrower) {
        Recorder.detach(token);
        borrower = next;
        token = Recorder.attachTask(next);
      }
    }

    void end() {
      Recorder.detach(token);
      if (outer == null) {
        HERE.remove();
      } else {
        HERE.set(outer);
      }
    }
  }

  private static final class Drain extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      Serving serving = new Serving();
      Serving.HERE.set(serving);
      return serving;
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (state instanceof Serving serving) {
        serving.end();
      }
      return result;
    }
  }

  private static final class Turn extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Serving serving = Serving.HERE.get();
      if (serving != null) {
        serving.turnTo(self);
      }
    }
  }
}
