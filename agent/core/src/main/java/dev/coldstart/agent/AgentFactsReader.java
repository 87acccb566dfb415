package dev.coldstart.agent;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.report.AgentFacts;
import dev.coldstart.weave.Weaver;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What the agent itself did and cost. */
final class AgentFactsReader {
  private static final int CALIBRATION_ROUNDS = 2_000;

  private final Background background;
  private final long nanosPerInterval = calibrate();

  /** When the first report is made: then the start is over, and nearly all is woven. */
  private final Double compiledPerNano = CompilerTime.perNanoOfOtherWork();

  AgentFactsReader(Background background) {
    this.background = background;
  }

  /**
   * The facts as of now.
   *
   * @param intervals recorded so far
   * @param dropped intervals and notes that did not fit into their requests
   * @param droppedNotes the notes among them
   * @param atExit whether the process ends
   * @param nowEpochNanos on the clock of the report
   * @param warnings so far, from everywhere
   */
  AgentFacts read(
      long intervals,
      long dropped,
      long droppedNotes,
      boolean atExit,
      long nowEpochNanos,
      List<String> warnings) {
    Weaver weaver = background.weaver();
    List<String> all = new ArrayList<>(warnings);
    if (background.attached() != null) {
      all.add(
          0,
          "attached to a running process: its start and its first requests were not seen, so no"
              + " request here is cold; "
              + background.attached());
    }
    long lost = Recorder.lost();
    int failures = Hook.FAILURES.get();
    if (failures > 0) {
      all.add(
          failures
              + " probe failures were swallowed ("
              // Nothing is noted where even that does not fit on the stack any more.
              + (Hook.failure == null ? "java.lang.StackOverflowError" : Hook.failure)
              + "): values may be missing; please report this");
    }
    if (background.heapFull() > 0) {
      all.add(
          "the heap of the process was full "
              + background.heapFull()
              + " times when the agent's thread needed memory: requests may be missing");
    }
    if (weaver.classesWoven() == 0) {
      all.add(NothingWoven.line(weaver.classesSeen()));
    }
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return new AgentFacts(
        AgentVersion.get(),
        background.premainEndNanos() - background.premainBeginNanos,
        weaver.weaving().totalNanos(),
        intervals * nanosPerInterval,
        compiledPerNano == null
            ? null
            : (Long) Math.round(compiledPerNano * weaver.weaving().anewNanos()),
        cpu < 0 ? null : (Long) cpu,
        weaver.classesSeen(),
        weaver.classesWoven(),
        weaver.libraries(),
        intervals,
        dropped + lost,
        droppedNotes,
        lost,
        failures,
        (long) Recorder.inFlight().length,
        atExit,
        nowEpochNanos,
        all);
  }

  /**
   * Cost of one interval on this machine, in ns, not yet compiled: close to what a cold start pays.
   */
  private static long calibrate() {
    int token = Recorder.join(Recorder.scratch());
    long begin = System.nanoTime();
    for (int i = 0; i < CALIBRATION_ROUNDS; i++) {
      Recorder.exit(Recorder.enter(0));
    }
    long each = (System.nanoTime() - begin) / CALIBRATION_ROUNDS;
    Recorder.detach(token);
    return each;
  }
}
