package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * A method that a user wants timed: until it returns, or until the future it returns is done; of a
 * publisher each subscription counts as well. Names the interval when its label shows values.
 */
final class UserTimed extends Hook {
  /** What a report takes for the name of an interval. */
  private static final String NAME = "name";

  private final Label label;

  /** The interval's token, and its name so far. */
  private record Call(int token, String name) {}

  /**
   * A hook for one probe.
   *
   * @param label null when it shows no values
   */
  UserTimed(Label label) {
    this.label = label;
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    int token = Recorder.enter(site);
    // In a constructor there is no receiver yet.
    return new Call(token, label == null || noSelfYet(self) ? null : name(token, self, args));
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (!(state instanceof Call call) || call.token < 0) {
      return result;
    }
    String name = call.name;
    if (name == null && label != null) {
      name = name(call.token, self, args);
    }
    if (thrown != null) {
      Recorder.fail(thrown, call.token);
      return result;
    }
    if (result instanceof CompletionStage<?> stage) {
      if (!goesOn(site, call.token, stage)) {
        Recorder.exit(call.token);
      }
      return result;
    }
    Recorder.exit(call.token);
    return PublisherWatch.of(result, new Subscriptions(site, name));
  }

  private boolean noSelfYet(Object self) {
    return self == null && label.usesThis();
  }

  private String name(int token, Object self, Object[] args) {
    String name = label.of(self, args);
    if (token >= 0) {
      Recorder.note(NAME, name);
    }
    return name;
  }

  /** Leaves the interval open for the future to end; false when that is done already. */
  private static boolean goesOn(int site, int token, CompletionStage<?> stage) {
    if (stage instanceof CompletableFuture<?> future && future.isDone()) {
      return false;
    }
    Trace trace = Recorder.target();
    int interval = Scope.current().parentIn(trace);
    if (interval < 0 || trace.site(interval) != site) {
      return false;
    }
    Recorder.detach(token);
    // Not replaced: who cancels it, or asks whether it is the same, must meet the original.
    var unused = stage.whenComplete(new Done(trace, interval));
    return true;
  }

  private record Done(Trace trace, int interval) implements BiConsumer<Object, Throwable> {
    @Override
    public void accept(Object value, Throwable thrown) {
      trace.note(interval, Trace.ERROR, ErrorType.of(thrown));
      trace.close(interval, System.nanoTime(), thrown != null);
    }
  }

  private static final class Subscriptions implements PublisherWatch.Listener {
    private final int site;
    private final String name;
    private volatile Trace trace;
    private volatile int interval = -1;

    Subscriptions(int site, String name) {
      this.site = site;
      this.name = name;
    }

    @Override
    public void subscribed() {
      Trace target = Recorder.target();
      trace = target;
      interval = Scope.current().open(target, site, System.nanoTime());
      target.note(interval, NAME, name);
    }

    @Override
    public void next(Object element) {}

    @Override
    public void failing(Throwable thrown) {
      trace.note(interval, Trace.ERROR, ErrorType.of(thrown));
    }

    @Override
    public void ended(boolean failed) {
      trace.close(interval, System.nanoTime(), failed);
    }
  }
}
