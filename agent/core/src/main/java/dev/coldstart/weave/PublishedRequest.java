package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;

/**
 * The entry of an agent that answers by a publisher: each subscription to it is a request, where
 * {@link RequestEntry} would begin one, and ends it.
 */
final class PublishedRequest extends Hook {
  private final String route;

  PublishedRequest(String route) {
    this.route = route;
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    PublisherType type = PublisherType.of(result);
    if (type == null || Recorder.readyNanos != 0) {
      return result;
    }
    Subscription subscription = new Subscription();
    try {
      return type.standIn(PublisherWatch.of(result, subscription), subscription);
    } catch (ReflectiveOperationException e) {
      return result;
    }
  }

  private final class Subscription implements PublisherWatch.Listener, PublisherType.Subscribing {
    private volatile Trace trace;

    @Override
    public int subscribing() {
      trace = RequestEntry.beginAgentCall(route);
      return trace == null ? -1 : Recorder.join(trace);
    }

    @Override
    public void leave(int token) {
      Recorder.detach(token);
    }

    @Override
    public void next(Object element) {}

    @Override
    public void ended(boolean failed) {
      Trace ended = trace;
      if (ended != null) {
        ended.failed = failed;
        Recorder.end(ended);
      }
    }
  }
}
