package dev.coldstart.it.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One call of a scripted agent: what it does, in steps. The root of a request has no act. */
final class Node {
  /** What an act throws that is meant to fail. */
  static final class Meant extends Exception {
    private static final long serialVersionUID = 1L;

    Meant() {
      super("meant to fail");
    }
  }

  /** One thing after the other. */
  interface Step {
    void run() throws Exception;
  }

  /** How children are waited for. */
  enum How {
    /** Until all are done. */
    JOIN,
    /** Cancelled after a moment. */
    CANCEL,
    /** Not at all: they may outlive the request. */
    LEAVE
  }

  final int id;
  final int request;
  final Node parent;
  final Act act;
  final Way way;
  boolean fails;
  final List<Step> steps = new ArrayList<>();

  Node(int id, int request, Node parent, Act act, Way way) {
    this.id = id;
    this.request = request;
    this.parent = parent;
    this.act = act;
    this.way = way;
  }

  int depth() {
    return parent == null ? 0 : parent.depth() + 1;
  }

  /** The body of the act, between two looks at the clock. */
  void run() throws Exception {
    long begin = System.nanoTime();
    Ledger.Entry entry = Ledger.begin(this, begin);
    try {
      steps();
    } finally {
      // Nothing after it: what is done here is in the agent's interval and not in the ledger's.
      entry.end = System.nanoTime();
    }
  }

  /** The steps alone. */
  void steps() throws Exception {
    for (Step step : steps) {
      step.run();
    }
    if (fails) {
      throw new Meant();
    }
  }

  static Step sleep(long nanos) {
    return () -> TimeUnit.NANOSECONDS.sleep(nanos);
  }

  static Step spin(long nanos) {
    return () -> {
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
    };
  }

  /** Starts all children, then waits for them in the given manner. */
  static Step group(List<Node> children, How how, long cancelAfterNanos) {
    return () -> {
      List<Way.Pending> pending = new ArrayList<>();
      for (Node child : children) {
        pending.add(child.way.start(child.depth(), () -> quietly(child)));
      }
      if (how == How.CANCEL) {
        TimeUnit.NANOSECONDS.sleep(cancelAfterNanos);
        for (Way.Pending each : pending) {
          each.cancel();
        }
      } else if (how == How.JOIN) {
        for (Way.Pending each : pending) {
          each.await();
        }
      }
    };
  }

  /** What fails, fails inside its act; its caller goes on. */
  private static void quietly(Node node) {
    try {
      Stage.play(node);
    } catch (Meant e) {
      // As the script has it.
    } catch (InterruptedException e) {
      // Cancelled.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
