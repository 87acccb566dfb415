package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;

/**
 * Times what a returned Reactor publisher does, from subscription to its end: when the method
 * returns, nothing has happened yet.
 */
final class TimedPublisher extends Hook {
  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    return thrown == null ? PublisherWatch.of(result, new Subscriptions(site)) : result;
  }

  private static final class Subscriptions implements PublisherWatch.Listener {
    private final int site;
    private volatile Trace trace;
    private volatile int interval = -1;

    Subscriptions(int site) {
      this.site = site;
    }

    @Override
    public void subscribed() {
      Scope scope = Scope.current();
      Trace target = Recorder.target();
      trace = target;
      interval =
          target.open(
              site,
              scope.parentIn(target),
              System.nanoTime(),
              scope,
              target.serial > 0 && scope.request() == null);
    }

    @Override
    public void next(Object element) {}

    @Override
    public void ended(boolean failed) {
      trace.close(interval, System.nanoTime(), failed);
    }
  }
}
