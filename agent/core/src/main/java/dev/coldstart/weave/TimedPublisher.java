package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.CompletableFuture;

/**
 * Times what a returned Reactor publisher does, from subscription to its end: when the method
 * returns, nothing has happened yet. A future's work begins in the method.
 */
final class TimedPublisher extends Hook {
  @Override
  public Object before(int site, Object self, Object[] args) {
    return System.nanoTime();
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    long begin = result instanceof CompletableFuture<?> ? (Long) state : 0;
    return thrown == null ? PublisherWatch.of(result, new Subscriptions(site, begin)) : result;
  }

  private static final class Subscriptions implements PublisherWatch.Listener {
    private final int site;
    private final long begin;
    private volatile Trace trace;
    private volatile int interval = -1;

    /**
     * @param begin {@link System#nanoTime()}, 0 for that of the subscription
     */
    Subscriptions(int site, long begin) {
      this.site = site;
      this.begin = begin;
    }

    @Override
    public void subscribed() {
      Trace target = Recorder.target();
      trace = target;
      interval = Scope.current().open(target, site, begin == 0 ? System.nanoTime() : begin);
    }

    @Override
    public void next(Object element) {}

    @Override
    public void ended(boolean failed) {
      trace.close(interval, System.nanoTime(), failed);
    }
  }
}
