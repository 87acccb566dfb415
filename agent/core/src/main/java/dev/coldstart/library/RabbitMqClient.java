package dev.coldstart.library;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.MessageEntry;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.WeakIdentityMap;
import java.util.List;

/**
 * Messages that RabbitMQ's Java client gives to consumers. Each delivery is a task of the client's
 * pool, made with all that is known about the message. Consumers of Spring only pass them on.
 */
public final class RabbitMqClient implements Library {
  private static final String IMPL = "com.rabbitmq.client.impl.";
  private static final String CHANNEL = IMPL + "ChannelN";
  private static final String TASK = IMPL + "ConsumerDispatcher$5";
  private static final String SPRING = "org.springframework.amqp.";

  /** What a consumer of several queues gets may come from any of them. */
  private static final String SEVERAL = "";

  private static final WeakIdentityMap<String> QUEUES = new WeakIdentityMap<>();
  private static final WeakIdentityMap<Delivery> DELIVERIES = new WeakIdentityMap<>();

  private record Delivery(String queue, Object traceparent) {}

  @Override
  public String name() {
    return "rabbitmq-client";
  }

  @Override
  public String testedVersions() {
    return "5.16.0, 5.29.0";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.loop(IMPL + "AMQConnection$MainLoop", "run")
            .alsoIn(IMPL + "ConsumerWorkService$WorkPoolRunnable"),
        Probe.read(CHANNEL, "basicConsume", new Consume()).arity(7),
        MessageEntry.ready("RabbitMQ consumer started", CHANNEL, "basicConsume").arity(7),
        Probe.read(TASK, "<init>", new Made()),
        Probe.read(TASK, "run", new Handled()),
        Probe.read(IMPL + "ForgivingExceptionHandler", "handleConsumerException", new Failed())
            .alsoIn(IMPL + "StrictExceptionHandler"));
  }

  /** (queue, .., consumer) */
  private static final class Consume extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Object consumer = args[args.length - 1];
      String queue = String.valueOf(args[0]);
      String known = QUEUES.get(consumer);
      QUEUES.put(consumer, known == null || known.equals(queue) ? queue : SEVERAL);
    }
  }

  /** (dispatcher, consumer, tag, envelope, properties, body) */
  private static final class Made extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Object consumer = args[1];
      if (!consumer.getClass().getName().startsWith(SPRING)) {
        String queue = QUEUES.get(consumer);
        Object traceparent = Read.path(args[4], "getHeaders", "get:traceparent");
        DELIVERIES.put(self, new Delivery(SEVERAL.equals(queue) ? null : queue, traceparent));
      }
    }
  }

  private static final class Handled extends MessageEntry {
    @Override
    protected Trace begin(Object self, Object[] args) {
      Delivery delivery = DELIVERIES.remove(self);
      return delivery == null ? null : delivered("amqp", delivery.queue, delivery.traceparent);
    }
  }

  /** The task tells nobody but the connection's handler of exceptions. */
  private static final class Failed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Scope.current().request();
      if (trace != null) {
        trace.failed = true;
      }
    }
  }
}
