package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;

/**
 * What to weave into one method of one or more classes. Immutable; build with the factories and the
 * {@code with}-style methods.
 */
public final class Probe {
  enum Kind {
    /** Times the method. */
    TIME,
    /** Calls a {@link Hook} around the method. */
    READ,
    /** Notes that the last argument is a task being queued. */
    HAND_OFF,
    /** Notes that the receiver is a task being queued or a thread about to start. */
    HAND_OFF_SELF,
    /** The same in a fork-join pool, which may be the scheduler of virtual threads. */
    HAND_OFF_TO_POOL,
    /** Notes that the receiver stands for this thread's request from now on. */
    BIND,
    /** Notes that the last argument is the task a pool's thread begins now. */
    TAKE_TASK,
    /** Works for the request of the receiver, a task or bound object, while the method runs. */
    RUN,
    /** The receiver, a bound object, stands for nobody any more once its work is done. */
    LET_GO,
    /** Works for the request that queued the last argument, or for nobody. */
    RUN_ARGUMENT,
    /** The method is a pool's loop: each {@code run()} it calls is a task. */
    RUN_CALLS,
    /** The method is a loop that serves everybody: works for nobody while it runs. */
    LOOP,
    /** The method looks up a class by its name: gives the recorder to whoever asks. */
    LOOK_UP
  }

  private static final int ANY = -1;

  /** Descriptors of what may still be at work when a method has returned it. */
  private static final Set<String> GOES_ON =
      Set.of(
          "Ljava/util/concurrent/CompletableFuture;",
          "Ljava/util/concurrent/CompletionStage;",
          "Ljava/util/concurrent/Flow$Publisher;",
          "Lreactor/core/publisher/Mono;",
          "Lreactor/core/publisher/Flux;",
          "Lio/reactivex/rxjava3/core/Completable;",
          "Lio/reactivex/rxjava3/core/Flowable;",
          "Lio/reactivex/rxjava3/core/Maybe;",
          "Lio/reactivex/rxjava3/core/Observable;",
          "Lio/reactivex/rxjava3/core/Single;");

  final Kind kind;
  final List<String> types;
  final String method;
  final int arity;
  final String taking;
  final Hook hook;
  final boolean replaces;
  private final String phase;
  private final String span;

  /** Whether it is for whatever extends or implements its type. Set before anybody else sees it. */
  private boolean subtypes;

  /** Whether some versions of the class do not have the method. Set before anybody sees it. */
  private boolean optional;

  private Probe(
      Kind kind,
      List<String> types,
      String method,
      int arity,
      String taking,
      Hook hook,
      boolean replaces,
      String phase,
      String span) {
    this.kind = kind;
    this.types = types;
    this.method = method;
    this.arity = arity;
    this.taking = taking;
    this.hook = hook;
    this.replaces = replaces;
    this.phase = phase;
    this.span = span;
  }

  /**
   * Times every method of that name; {@code <init>} for constructors.
   *
   * @param span what was timed, for people
   */
  public static Probe time(Phase phase, String span, String type, String method) {
    return time(phase.id(), span, type, method);
  }

  /** The same for a phase that a user named. */
  public static Probe time(String phase, String span, String type, String method) {
    return new Probe(Kind.TIME, List.of(type), method, ANY, "", null, false, phase, span);
  }

  /**
   * Times a method that a user named, until what it returns is done.
   *
   * @param label what the interval is called where that shows values of the call, else null
   */
  public static Probe asked(String phase, String span, String type, String method, Label label) {
    Kind kind = label == null ? Kind.TIME : Kind.READ;
    Hook hook = new UserTimed(label);
    return new Probe(kind, List.of(type), method, ANY, "", hook, label != null, phase, span);
  }

  /** Every call of the method is a request, unless its thread works for one already. */
  public static Probe request(String type, String method) {
    return read(type, method, RequestEntry.declared(type + "#" + method));
  }

  /**
   * Times what the future or publisher ({@link PublisherWatch}) that the method returns does: a
   * publisher from its subscription on, because nothing has happened before.
   */
  public static Probe timePublisher(Phase phase, String span, String type, String method) {
    return time(phase, span, type, method, new TimedPublisher(false));
  }

  /**
   * The same from the entry of the method on, for one that begins its work itself. The publisher it
   * returns must be subscribed to at once.
   */
  public static Probe timeAsync(Phase phase, String span, String type, String method) {
    return time(phase, span, type, method, new TimedPublisher(true));
  }

  /**
   * Times a step of opening a connection. What it counts for depends on what encloses it, see
   * {@link Connect}.
   */
  public static Probe connect(Connect step, String type, String method) {
    return time(Connect.PHASE, step.span(), type, method);
  }

  /** The same from the entry of the method until the future or publisher it returns is done. */
  public static Probe connectAsync(Connect step, String type, String method) {
    return read(type, method, new TimedPublisher(true)).replacingResult().connecting(step);
  }

  private static Probe time(
      Phase phase, String span, String type, String method, TimedPublisher hook) {
    return new Probe(Kind.READ, List.of(type), method, ANY, "", hook, true, phase.id(), span);
  }

  /**
   * Times a function of Kotlin that suspends until it is done. Needs a probe for {@link
   * Suspended.Resumed} in its frame.
   *
   * @param frame the class of the function's frames
   */
  public static Probe timeSuspending(
      Phase phase, String span, String type, String method, String frame, Note note) {
    Hook hook = new TimedSuspending(frame, note);
    return new Probe(Kind.READ, List.of(type), method, ANY, "", hook, false, phase.id(), span);
  }

  /** Calls a hook around every method of that name. */
  public static Probe read(String type, String method, Hook hook) {
    return new Probe(Kind.READ, List.of(type), method, ANY, "", hook, false, null, null);
  }

  /** The last argument is a task that this thread's request queues. */
  public static Probe handOff(String type, String method) {
    return bare(Kind.HAND_OFF, type, method);
  }

  /** The receiver is a task that this thread's request queues, or a thread it starts. */
  public static Probe handOffSelf(String type, String method) {
    return bare(Kind.HAND_OFF_SELF, type, method);
  }

  /** The same for a method of a fork-join pool. */
  public static Probe handOffToPool(String type, String method) {
    return bare(Kind.HAND_OFF_TO_POOL, type, method);
  }

  /**
   * The receiver stands for this thread's request from the end of its constructor, or the entry of
   * another method, as long as it lives.
   */
  public static Probe bind(String type, String method) {
    return bare(Kind.BIND, type, method);
  }

  /** The last argument is the task that the calling thread of a pool begins. */
  public static Probe takeTask(String type, String method) {
    return bare(Kind.TAKE_TASK, type, method);
  }

  /** While the method runs, its thread works for the request the receiver waits or stands for. */
  public static Probe run(String type, String method) {
    return bare(Kind.RUN, type, method);
  }

  /** The same for the last argument; when nobody queued it, the thread works for nobody. */
  public static Probe runArgument(String type, String method) {
    return bare(Kind.RUN_ARGUMENT, type, method);
  }

  /** The receiver is a bound stage of a completable future, which the method brings to its end. */
  public static Probe letGo(String type, String method) {
    return bare(Kind.LET_GO, type, method);
  }

  /** The method is the loop of a thread that serves everybody, whoever started it. */
  public static Probe loop(String type, String method) {
    return bare(Kind.LOOP, type, method);
  }

  /** The method of a class loader, {@code (String, ..) -> Class}, that hides the boot loader's. */
  public static Probe lookUp(String type, String method) {
    return bare(Kind.LOOK_UP, type, method);
  }

  /** Each {@code run()} the method calls works for the request that handed it over. */
  public static Probe runCalls(String type, String method) {
    return bare(Kind.RUN_CALLS, type, method);
  }

  /**
   * Objects that stand for the request they are made in, and their methods that work for it
   * whatever thread calls them.
   */
  public static List<Probe> bound(List<String> types, String... methods) {
    String[] more = types.subList(1, types.size()).toArray(new String[0]);
    List<Probe> probes = new java.util.ArrayList<>();
    probes.add(bind(types.get(0), "<init>").alsoIn(more));
    for (String method : methods) {
      probes.add(run(types.get(0), method).alsoIn(more));
    }
    return probes;
  }

  /** The same probe in further classes (another version, another provider). */
  public Probe alsoIn(String... more) {
    List<String> all = new java.util.ArrayList<>(types);
    all.addAll(List.of(more));
    return new Probe(kind, List.copyOf(all), method, arity, taking, hook, replaces, phase, span);
  }

  /** Only methods with so many parameters. */
  public Probe arity(int parameters) {
    return new Probe(kind, types, method, parameters, taking, hook, replaces, phase, span);
  }

  /** Only methods whose descriptor contains this text; tells overloads of one arity apart. */
  public Probe taking(String text) {
    return new Probe(kind, types, method, arity, text, hook, replaces, phase, span);
  }

  /** The same timing, with a hook that may add notes while the interval is still open. */
  public Probe noting(Note note) {
    Hook timed = hook instanceof TimedPublisher async ? async.noting(note) : new Timed(note);
    return new Probe(Kind.READ, types, method, arity, taking, timed, replaces, phase, span);
  }

  /** The same, with a hook that may record intervals of a phase at its site. */
  public Probe recording(Phase phase, String span) {
    return recording(phase.id(), span);
  }

  /** The same for {@link Connect#PHASE}: what its intervals count for depends on the outside. */
  public Probe recording(String phase, String span) {
    return new Probe(kind, types, method, arity, taking, hook, replaces, phase, span);
  }

  /** The same, with a hook that may record steps of connections at its site. */
  public Probe connecting(Connect step) {
    return recording(Connect.PHASE, step.span());
  }

  /** The caller gets what the hook returns. */
  public Probe replacingResult() {
    return new Probe(kind, types, method, arity, taking, hook, true, phase, span);
  }

  /** Binary names of the classes. */
  public List<String> types() {
    return types;
  }

  /** Phase id, null when this probe opens no interval. */
  public String phase() {
    return phase;
  }

  /** What it times, null when this probe opens no interval. */
  public String span() {
    return span;
  }

  /** The same probe in every class that extends or implements its type. */
  public Probe inSubtypes() {
    Probe wider = new Probe(kind, types, method, arity, taking, hook, replaces, phase, span);
    wider.subtypes = true;
    return wider;
  }

  /** The same probe; that one of its classes has no such method is nothing to warn of. */
  public Probe inSomeVersions() {
    Probe weaker = new Probe(kind, types, method, arity, taking, hook, replaces, phase, span);
    weaker.optional = true;
    return weaker;
  }

  /**
   * What is woven into a method of this descriptor: only timing, as long as what it returns cannot
   * go on after it.
   */
  Probe in(String descriptor) {
    boolean goesOn = kind == Kind.TIME && hook != null && GOES_ON.contains(returned(descriptor));
    return goesOn
        ? new Probe(Kind.READ, types, method, arity, taking, hook, true, phase, span)
        : this;
  }

  private static String returned(String descriptor) {
    return descriptor.substring(descriptor.indexOf(')') + 1);
  }

  /** Whatever decides what a class woven with it looks like. */
  String identity() {
    return kind.name() + types + method + arity + taking + replaces + (hook != null) + subtypes;
  }

  private static Probe bare(Kind kind, String type, String method) {
    return new Probe(kind, List.of(type), method, ANY, "", null, false, null, null);
  }

  /**
   * Whether it is for a class.
   *
   * @param roots the types asked for that the class extends or implements, by internal name
   */
  boolean isFor(String type, Set<String> roots) {
    return subtypes ? roots.contains(types.get(0).replace('.', '/')) : types.contains(type);
  }

  boolean isOptional() {
    return optional;
  }

  boolean isForSubtypes() {
    return subtypes;
  }

  boolean matches(String name, String descriptor) {
    return method.equals(name)
        && (arity == ANY || arity == Type.getArgumentTypes(descriptor).length)
        && descriptor.contains(taking);
  }
}
