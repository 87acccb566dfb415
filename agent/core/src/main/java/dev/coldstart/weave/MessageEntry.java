package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A method that delivers a message, or a batch of them, to its handler: each call is a request,
 * unless its thread works for one already. It ends when the method returns; where the handler
 * returned a future or a Reactor publisher (see {@link #answers}), with that.
 */
public abstract class MessageEntry extends RequestCall {
  private static final WeakIdentityMap<Delivery> OPEN = new WeakIdentityMap<>();

  /** Names that brokers and clients make up, a new one each time, begin with these. */
  private static final String[] MADE_UP = {"amq.gen-", "spring.gen-", "ID:"};

  /**
   * A method whose arguments tell about the message.
   *
   * @param kind {@link Trace#method}: the kind of the broker, "kafka"
   * @param queue name of the queue or topic
   * @param orQueue where to look for it next; null for nowhere
   * @param traceparent text or bytes; null for none
   */
  public static MessageEntry of(String kind, At queue, At orQueue, At traceparent) {
    return new MessageEntry() {
      @Override
      protected Trace begin(Object self, Object[] args) {
        Object name = queue.read(self, args, null);
        if (name == null && orQueue != null) {
          name = orQueue.read(self, args, null);
        }
        boolean known = traceparent != null && !isBatch(args);
        return delivered(kind, name, known ? traceparent.read(self, args, null) : null);
      }
    };
  }

  /** Many traces may have led to one batch: it joins none. */
  private static boolean isBatch(Object[] args) {
    for (Object argument : args) {
      if (argument instanceof List<?>) {
        return true;
      }
    }
    return false;
  }

  /** The method that calls a handler and returns what that returned: the message waits for it. */
  public static Probe answers(String type, String method) {
    return Probe.read(type, method, new Answers()).replacingResult();
  }

  /** The method begins to wait for messages: the process is ready, unless a server has said so. */
  public static Probe ready(String signal, String type, String method) {
    return Probe.read(
        type,
        method,
        new ReturnHook() {
          @Override
          protected void returned(Object self, Object[] args, Object result) {
            if (Recorder.readyNanos == 0) {
              Recorder.ready(signal);
            }
          }
        });
  }

  /**
   * A message arrived.
   *
   * @param queue name of the queue or topic, null when unknown
   * @param traceparent text or bytes; null for none
   * @return the request, null when it is part of another or too many are in flight
   */
  protected static Trace delivered(String kind, Object queue, Object traceparent) {
    if (Scope.current().request() != null) {
      return null;
    }
    return Recorder.begin(kind, route(queue), text(traceparent));
  }

  @Override
  final Call begun(Trace trace) {
    return new Delivery(trace);
  }

  /** A name that is a new one each time tells nothing, and may tell a host. */
  private static String route(Object queue) {
    String name = text(queue);
    for (String madeUp : MADE_UP) {
      if (name != null && name.startsWith(madeUp)) {
        return "(temporary)";
      }
    }
    return name;
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    return value == null ? null : value.toString();
  }

  private static final class Delivery extends Call implements PublisherWatch.Listener {
    private final Trace trace;

    Delivery(Trace trace) {
      super(trace);
      this.trace = trace;
      OPEN.put(trace, this);
    }

    /** Only now will it ever end. */
    @Override
    public void subscribed() {
      leaveWork();
    }

    @Override
    public void next(Object element) {}

    @Override
    public void ended(boolean failed) {
      trace.failed |= failed && !trace.isClosed();
      accept(null, null);
    }

    @Override
    public void accept(Object result, Throwable thrown) {
      OPEN.remove(trace);
      super.accept(result, thrown);
    }
  }

  private static final class Answers extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      Trace request = result == null ? null : Scope.current().request();
      Delivery delivery = request == null ? null : OPEN.get(request);
      if (delivery == null) {
        return result;
      }
      if (result instanceof CompletableFuture<?> future) {
        delivery.leave(future);
        return result;
      }
      return PublisherWatch.of(result, delivery);
    }
  }
}
