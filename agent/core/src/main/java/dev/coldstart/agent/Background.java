package dev.coldstart.agent;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The agent's one thread: a daemon of low priority that starts with the first class that has
 * probes. First it weaves the JDK's hand-over points; then it sleeps until requests end. Everything
 * heavy (JSON, histograms, OpenTelemetry, JFR) is behind {@link Session}, which it loads when the
 * first request has completed.
 */
final class Background implements Runnable {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** In a busy service, where the end of a request does not wake this thread. */
  private static final long BUSY_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long CACHE_SAVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a full heap is left alone before this thread needs memory again. */
  private static final long FULL_HEAP_NANOS = TimeUnit.SECONDS.toNanos(5);

  final Settings settings;
  final long premainBeginNanos;
  private final Instrumentation instrumentation;
  private final OtherEntries others = new OtherEntries();
  private final AgentCalls calls;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile long premainEndNanos;
  final LongSupplier user;
  private final Runnable recorder;
  private volatile boolean exiting;
  private volatile boolean written;
  private volatile Thread thread;
  private volatile String attached;
  private Weaver weaver;
  private ProcessSamples samples;
  private volatile Session session;
  private long cacheSaveAt = System.nanoTime();

  /** What has ended and was not looked at: more than one only where the heap was full. */
  private Trace drained;

  private final Deque<Trace> finished = new ArrayDeque<>();
  private int heapFull;
  private long startupReportAt;
  private boolean quiet = true;
  private boolean told;

  /**
   * @param recorder defines the recorder in the boot loader; run before anything is woven
   * @param user numeric id of this process' user, negative when the system has none
   */
  Background(
      Settings settings,
      Instrumentation instrumentation,
      long premainBeginNanos,
      Runnable recorder,
      LongSupplier user) {
    this.settings = settings;
    this.recorder = recorder;
    this.user = user;
    this.calls =
        new AgentCalls(TimeUnit.MILLISECONDS.toNanos(settings.millis(Option.EXPORT_DELAY)));
    this.instrumentation = instrumentation;
    this.premainBeginNanos = premainBeginNanos;
  }

  void weaver(Weaver it) {
    weaver = it;
  }

  Weaver weaver() {
    return weaver;
  }

  /** The agent was loaded into a running JVM; what it could still weave, for people. */
  void attached(String result) {
    attached = result;
  }

  /** Null when the agent was there from the start. */
  String attached() {
    return attached;
  }

  ProcessSamples samples() {
    return samples;
  }

  boolean exiting() {
    return exiting;
  }

  /** How often this thread ran out of memory. */
  int heapFull() {
    return heapFull;
  }

  void premainEnded(long nanos) {
    premainEndNanos = nanos;
  }

  long premainEndNanos() {
    return premainEndNanos;
  }

  /**
   * The first class with probes was seen: defines the recorder, starts the thread. Also its body.
   */
  @Override
  // Yielding to the application is the point of a low priority; nothing depends on it.
  @SuppressWarnings("ThreadPriorityCheck")
  public void run() {
    if (Thread.currentThread() == thread) {
      try {
        work();
      } catch (OutOfMemoryError e) {
        // There is no memory to say so, and no stack trace of ours would help.
      }
      return;
    }
    try {
      recorder.run();
    } catch (Throwable t) {
      AgentLog.line("not active, the agent could not start: " + t);
      throw t;
    }
    Thread starting = new Thread(null, this, "coldstart", 0, false);
    starting.setDaemon(true);
    starting.setPriority(Thread.MIN_PRIORITY);
    starting.setContextClassLoader(Background.class.getClassLoader());
    thread = starting;
    Recorder.listener = starting;
    starting.start();
  }

  /**
   * Writes what there is, or says why there is nothing. Called by the shutdown hook.
   *
   * @param firstMillis how long it may take when nothing was written so far and no server ever
   *     accepted requests
   * @param budgetMillis how long it may take else
   */
  void exit(long firstMillis, long budgetMillis) throws InterruptedException {
    Thread working = thread;
    if (working == null) {
      long livedNanos = System.nanoTime() - premainBeginNanos;
      long classes = weaver.classesSeen();
      if (settings.on(Option.SUMMARY) && NothingWoven.worthALine(livedNanos, classes)) {
        AgentLog.line(NothingWoven.line(classes));
      }
      return;
    }
    exiting = true;
    LockSupport.unpark(working);
    boolean serves = Recorder.readyNanos != 0;
    long millis = written || serves ? budgetMillis : firstMillis;
    if (done.await(millis, TimeUnit.MILLISECONDS)) {
      return;
    }
    Session running = session;
    if (running != null) {
      running.outOfTime();
    } else {
      AgentLog.line("the process ended before a report was begun: nothing is left of this run");
    }
  }

  private void work() {
    try {
      // What this thread and those it starts record (an exporter's own HTTP, say) is nobody's
      // request.
      Recorder.join(Recorder.scratch());
      weaveJdk();
      samples = ProcessSamples.start(instrumentation);
      startJfr();
      startupReportAt =
          System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.millis(Option.EXPORT_DELAY));
      while (!exiting) {
        tick();
      }
      // Once: what is garbage by now the JVM has collected before it says that there is no memory.
      takeFinished();
      session().exit();
      weaver.cache().save();
    } catch (OutOfMemoryError e) {
      AgentLog.line("reporting stopped, the heap is full: what ended after the report is in none");
    } catch (Throwable t) {
      AgentLog.line("reporting stopped: " + reason(t));
    } finally {
      done.countDown();
    }
  }

  private void tick() {
    long asleepNanos = System.nanoTime();
    // Whatever ends from here on finds this decided: what is asked for is at most a tick late.
    long tickNanos = Recorder.watched ? TICK_NANOS : BUSY_TICK_NANOS;
    LockSupport.parkNanos(this, tickNanos);
    try {
      samples.slept(asleepNanos, TICK_NANOS);
      look();
      saveCache();
      samples.take();
    } catch (OutOfMemoryError e) {
      // The application's: each try of ours would make the JVM collect all of it once more.
      heapFull++;
      long until = System.nanoTime() + FULL_HEAP_NANOS;
      for (long left = FULL_HEAP_NANOS; left > 0 && !exiting; left = until - System.nanoTime()) {
        LockSupport.parkNanos(this, left);
      }
    }
  }

  private void look() {
    quiet &= !takeFinished();
    // Once more when it gets ready after that.
    boolean ready = Recorder.readyNanos != 0;
    if (quiet
        && (ready || !told)
        && System.nanoTime() - startupReportAt > 0
        && Recorder.inFlight().length == 0) {
      quiet = !ready;
      told = true;
      session().startupOnly();
      written = true;
    }
  }

  /** Returns whether there was a request of an agent. */
  private boolean takeFinished() {
    samples.take();
    // Looked at first: one that is not in flight any more is then among the finished.
    Trace[] inFlight = Recorder.inFlight();
    drained = drained == null ? Recorder.drain() : drained;
    samples.requestsEnded(drained != null);
    while (drained != null) {
      Trace trace = drained;
      if (!AgentWork.in(trace)) {
        others.add(trace);
      } else if (!calls.hold(trace)) {
        finished.add(trace);
      }
      drained = Recorder.nextOf(trace);
    }
    List<Trace> before = calls.requests(exiting);
    for (int i = before.size() - 1; i >= 0; i--) {
      finished.addFirst(before.get(i));
    }
    boolean any = !finished.isEmpty();
    // Health probes alone are no reason to load what a report needs.
    if (session != null || any) {
      written |= session().finished(finished, inFlight);
    }
    return any;
  }

  OtherEntries others() {
    return others;
  }

  AgentCalls calls() {
    return calls;
  }

  /** After the first report: until then the application needs the processor more. */
  private void saveCache() {
    if (written && System.nanoTime() - cacheSaveAt > 0) {
      weaver.cache().save();
      cacheSaveAt = System.nanoTime() + CACHE_SAVE_NANOS;
    }
  }

  private Session session() {
    if (session == null) {
      session = new Session(this);
      samples.jmxLoaded();
    }
    return session;
  }

  private void weaveJdk() {
    List<Class<?>> types = new ArrayList<>();
    for (String name : weaver.jdkTypes()) {
      try {
        types.add(Class.forName(name.replace('/', '.'), false, null));
      } catch (ClassNotFoundException e) {
        // Another JDK has this class; nothing is missing here.
      }
    }
    if (exiting) {
      return;
    }
    weaver.activate();
    types.addAll(LateWeaving.late(instrumentation, weaver));
    for (Class<?> left : LateWeaving.weave(instrumentation, types)) {
      AgentLog.line(
          "cannot weave " + left.getName() + ": requests may not be followed across threads");
    }
  }

  private void startJfr() {
    if (settings.text(Option.JFR).equals("on")) {
      session().startJfr();
    }
  }

  private static String reason(Throwable t) {
    // Asked for only now: this is all that reports need beyond what the JVM itself does.
    return ModuleLayer.boot().findModule("java.management").isPresent()
        ? t + where(t)
        : "this Java has no module java.management; make its image with jlink --add-modules"
            + " java.management,..";
  }

  private static String where(Throwable t) {
    StackTraceElement[] stack = t.getStackTrace();
    return stack.length == 0 ? "" : " at " + stack[0];
  }
}
