package dev.coldstart.bootstrap;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The intervals of one request, or of the time outside requests. Written by any thread without a
 * lock, read by the agent's thread once closed; a straggler that writes later does no harm.
 *
 * <p>Times inside are ns since {@link #startNanos}. Memory is bounded by {@link #MAX_INTERVALS} and
 * {@link #MAX_NOTES}; what does not fit is counted in {@link #dropped()}.
 */
public final class Trace {
  /** Intervals kept per trace: 65,536, and fewer in a heap below 1 GB. */
  public static final int MAX_INTERVALS =
      (int) Math.max(4_096, Math.min(Runtime.getRuntime().maxMemory() >> 14, 1 << 16));

  /** Key of the note that names the class of what ended an interval, never its message. */
  public static final String ERROR = "error";

  /**
   * What finished ones may take that wait for the agent's thread, kB: an eighth of a heap below 400
   * MB, so that a burst before the first report fits. Most requests take 3.
   */
  static final int MAX_WAITING =
      (int) Math.max(5_120, Math.min(Runtime.getRuntime().maxMemory() >> 13, 49_152));

  private static final int CHUNK_BITS = 6;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private static final int STRIDE = 3;
  private static final int NOTE_SLOTS_OF_A_KB = 100;
  private static final int MAX_NOTES = 1 << 13;
  private static final int MAX_THREADS = 16;

  /** Counts traces of the process from 1. */
  public final int serial;

  /** {@link System#nanoTime()} at the beginning. */
  public final long startNanos;

  /** Classes defined in the process when it began. */
  public final long classesAtStart;

  /** Kind of entry ("GET"); null for the time outside requests. */
  public volatile String method;

  /** Path without query, or route template; null when unknown. */
  public volatile String route;

  /** Whether the route is a template; the first one stays, since an error page has one as well. */
  public volatile boolean templated;

  /** Name of the library that brought it, null when none did. */
  public volatile String server;

  /** The incoming W3C traceparent, or see {@link #inSpan}; null when none. */
  public volatile String traceparent;

  /** Whether {@link #traceparent} is another agent's span of this very request. */
  public volatile boolean inSpan;

  /** Whether the call that gave the first content was streamed. */
  public volatile boolean streamed;

  /** Whether a user declared its entry point, so that it counts as a request whatever it does. */
  public volatile boolean declared;

  /** Whether the handler threw. */
  public volatile boolean failed;

  /** Class of the exception or HTTP status that made it fail, null when unknown. */
  public volatile String error;

  /** First content token, see {@link #content}; ns since start, 0 for none. */
  public volatile long firstContent;

  /** First body byte after the first content token, ns since start, 0 for none. */
  public volatile long firstVisible;

  /**
   * {@link System#nanoTime()} when the outgoing HTTP request was sent that bytes came for last; 0
   * for none.
   */
  public volatile long sent;

  /** {@link System#nanoTime()} when its answer came, see {@link #heard}. 0 for none. */
  public volatile long answered;

  /** Body bytes were written and not yet flushed; kept by hooks of servers that buffer. */
  public volatile boolean buffered;

  /** First body byte, ns since start, 0 for none. */
  public volatile long firstBody;

  /** End of the response, ns since start, 0 while open. */
  public volatile long end;

  /** Classes defined in the process when the window ended. */
  public volatile long classesAtEnd;

  private volatile long over;

  /** This trace until the request ends, then null: what outlives a request keeps this instead. */
  final AtomicReference<Trace> whileOpen = new AtomicReference<>(this);

  /** Intrusive links, guarded by the list they are in. */
  Trace next;

  Trace previous;

  /** See {@link #weigh}. */
  int weight;

  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private volatile long[][] times = {new long[CHUNK * STRIDE]};
  private volatile Scope[][] scopes = {new Scope[CHUNK]};
  private Object[] notes = new Object[12];
  private int noteSlots;
  private int droppedNotes;
  private final long[] threads = new long[MAX_THREADS];
  private volatile int threadCount;

  Trace(int serial, long startNanos, long classesAtStart) {
    this.serial = serial;
    this.startNanos = startNanos;
    this.classesAtStart = classesAtStart;
  }

  /** Traces for the time outside requests. */
  static Trace[] ofNobody(int count) {
    Trace[] all = new Trace[count];
    long now = System.nanoTime();
    for (int i = 0; i < count; i++) {
      all[i] = new Trace(0, now, 0);
    }
    return all;
  }

  /**
   * Opens an interval.
   *
   * @param site id of the probe
   * @param parent index of the enclosing interval of this trace, -1 for none
   * @param nowNanos {@link System#nanoTime()}
   * @return its index, -1 when full
   */
  public int open(int site, int parent, long nowNanos, Scope scope, boolean inferred) {
    if (size.get() >= MAX_INTERVALS) {
      dropped.incrementAndGet();
      return -1;
    }
    int index = size.getAndIncrement();
    int chunk = index >>> CHUNK_BITS;
    boolean there = chunk < times.length && times[chunk] != null;
    if (index >= MAX_INTERVALS || (!there && !grow(chunk))) {
      dropped.incrementAndGet();
      return -1;
    }
    int slot = index & (CHUNK - 1);
    long[] t = times[chunk];
    scopes[chunk][slot] = scope;
    t[slot * STRIDE + 1] = 0;
    t[slot * STRIDE + 2] = ((long) site << 32) | (((long) parent + 1) << 1) | (inferred ? 1 : 0);
    // The start is never 0, so that a half-written interval can be told from a whole one.
    t[slot * STRIDE] = (nowNanos - startNanos) * 2 + 1;
    return index;
  }

  /** Closes an interval; a second call or index -1 has no effect. */
  public void close(int index, long nowNanos, boolean thrown) {
    if (index < 0) {
      return;
    }
    long[] t = times[index >>> CHUNK_BITS];
    int at = (index & (CHUNK - 1)) * STRIDE + 1;
    if (t[at] == 0) {
      t[at] = (Math.max(0, nowNanos - startNanos) + 1) * 2 + (thrown ? 1 : 0);
    }
  }

  /** Attaches a fact to an interval. Kept only while there is room. */
  public synchronized void note(int index, String key, Object value) {
    if (index < 0 || value == null) {
      return;
    }
    if (noteSlots < MAX_NOTES * 3 && (noteSlots < notes.length || moreNotes())) {
      notes[noteSlots] = index;
      notes[noteSlots + 1] = key;
      notes[noteSlots + 2] = value;
      noteSlots += 3;
    } else {
      dropped.incrementAndGet();
      droppedNotes++;
    }
  }

  private boolean moreNotes() {
    try {
      notes = Arrays.copyOf(notes, noteSlots * 2);
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /** Index, key and value of each note in turn. */
  public synchronized Object[] notes() {
    return Arrays.copyOf(notes, noteSlots);
  }

  /**
   * Marks a first content token. The first of a streamed call counts, because only that can have
   * been shown; without one, the first of any call.
   */
  public void content(long nowNanos, boolean fromStream) {
    if (firstContent == 0 || (fromStream && !streamed)) {
      streamed = fromStream;
      firstVisible = 0;
      firstContent = Math.max(1, nowNanos - startNanos);
    }
  }

  /**
   * Bytes came for an outgoing HTTP request.
   *
   * @param sentNanos {@link System#nanoTime()} when it was sent
   * @param answeredNanos {@link System#nanoTime()} when bytes ended the longest silence since then:
   *     what the other side took its time for
   */
  public void heard(long sentNanos, long answeredNanos) {
    sent = sentNanos;
    answered = answeredNanos;
  }

  /** Marks a byte of the response's body leaving the service. */
  public void body(long nowNanos) {
    long at = Math.max(1, nowNanos - startNanos);
    if (firstBody == 0) {
      firstBody = at;
    }
    if (firstContent != 0 && firstVisible == 0) {
      firstVisible = at;
      classesAtEnd = Recorder.classesDefined();
      Recorder.wake();
    }
  }

  /** It was over at this time of {@link System#nanoTime()}, whenever somebody ends it. */
  public void over(long nanos) {
    over = nanos;
  }

  /** When it was over, of {@link System#nanoTime()}: now, unless somebody said otherwise. */
  long overNanos() {
    return over == 0 ? System.nanoTime() : over;
  }

  /** A thread begins to work for this request. */
  void joined(long threadId) {
    int count = threadCount;
    for (int i = 0; i < count; i++) {
      if (threads[i] == threadId) {
        return;
      }
    }
    // Two threads at once may overwrite each other: one is then missing, and nothing else happens.
    if (count < MAX_THREADS) {
      threads[count] = threadId;
      threadCount = count + 1;
    }
  }

  /** Ids of threads that worked for it, the first few of them. */
  public long[] threads() {
    return Arrays.copyOf(threads, threadCount);
  }

  /** Whether the response has ended. */
  public boolean isClosed() {
    return end != 0;
  }

  /** Intervals recorded so far. */
  public int size() {
    return Math.min(size.get(), MAX_INTERVALS);
  }

  /** Intervals and notes that did not fit. */
  public int dropped() {
    return dropped.get();
  }

  /** Notes among {@link #dropped()}. */
  public synchronized int droppedNotes() {
    return droppedNotes;
  }

  /** Site of an interval, -1 when it is only half written. */
  public int site(int index) {
    return at(index, 0) == 0 ? -1 : (int) (at(index, 2) >>> 32);
  }

  /** Index of the enclosing interval, -1 for none. */
  public int parent(int index) {
    return (int) ((at(index, 2) & 0xFFFFFFFFL) >>> 1) - 1;
  }

  /** Whether it is in this trace only because no other request was in flight. */
  public boolean inferred(int index) {
    return (at(index, 2) & 1) != 0;
  }

  /** ns since {@link #startNanos}; may be negative. */
  public long start(int index) {
    return at(index, 0) >> 1;
  }

  /** ns since {@link #startNanos}, -1 while open. */
  public long end(int index) {
    return at(index, 1) == 0 ? -1 : (at(index, 1) >> 1) - 1;
  }

  /** Whether it ended by an exception. */
  public boolean thrown(int index) {
    return (at(index, 1) & 1) != 0;
  }

  /** The thread that opened it, null when unknown. */
  public Scope scope(int index) {
    Scope[][] s = scopes;
    int chunk = index >>> CHUNK_BITS;
    return chunk < s.length && s[chunk] != null ? s[chunk][index & (CHUNK - 1)] : null;
  }

  private long at(int index, int field) {
    long[][] t = times;
    int chunk = index >>> CHUNK_BITS;
    return chunk < t.length && t[chunk] != null
        ? t[chunk][(index & (CHUNK - 1)) * STRIDE + field]
        : 0;
  }

  /** Becomes the first of a list. */
  void linkBefore(Trace first) {
    next = first;
    if (first != null) {
      first.previous = this;
    }
  }

  /** Leaves the list that it is in. */
  void unlink() {
    if (previous != null) {
      previous.next = next;
    }
    if (next != null) {
      next.previous = previous;
    }
    previous = null;
    next = null;
  }

  /** About what it takes, kB, now that it has ended. */
  synchronized int weigh() {
    weight = 3 + 2 * (size() >> CHUNK_BITS) + noteSlots / NOTE_SLOTS_OF_A_KB;
    return weight;
  }

  /** Counts an interval that did not fit elsewhere. */
  void drop() {
    dropped.incrementAndGet();
  }

  /** Whether the heap had room: a method of the application must not fail for want of it. */
  private synchronized boolean grow(int chunk) {
    try {
      if (chunk >= times.length || times[chunk] == null) {
        add(chunk);
      }
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  private void add(int chunk) {
    // Always new outer arrays: their volatile store is what lets other threads see the chunk whole.
    int length = chunk < times.length ? times.length : Math.max(chunk + 1, times.length * 2);
    long[][] moreTimes = Arrays.copyOf(times, length);
    Scope[][] moreScopes = Arrays.copyOf(scopes, length);
    moreScopes[chunk] = new Scope[CHUNK];
    moreTimes[chunk] = new long[CHUNK * STRIDE];
    scopes = moreScopes;
    times = moreTimes;
  }
}
