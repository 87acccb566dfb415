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
    return Recorder.readyNanos == 0 ? PublisherType.standIn(result, new Agent()) : result;
  }

  private final class Agent implements PublisherType.Subscribing {
    @Override
    public PublisherType.Begun begin(Object publisher) {
      Trace trace = RequestEntry.beginAgentCall(route);
      return trace == null
          ? new PublisherType.Begun(publisher, -1)
          : new PublisherType.Begun(
              PublisherWatch.of(publisher, new Answering(trace)), Recorder.join(trace));
    }
  }

  private record Answering(Trace trace) implements PublisherWatch.Listener {
    @Override
    public void next(Object element) {}

    @Override
    public void ended(boolean failed) {
      trace.failed = failed;
      Recorder.end(trace);
    }
  }
}
