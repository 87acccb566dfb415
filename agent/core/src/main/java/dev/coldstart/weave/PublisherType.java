package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A type of publishers of Reactor or RxJava 3, and what it offers to look into a publisher: peeking
 * operators, which have the same names everywhere, and a factory for one that stands in for
 * another. Found once per type of the application.
 */
final class PublisherType {
  private static final String REACTOR = "reactor.core.publisher.";
  private static final String RX = "io.reactivex.rxjava3.core.";
  private static final Set<String> NAMES =
      Set.of(
          REACTOR + "Flux",
          REACTOR + "Mono",
          RX + "Flowable",
          RX + "Observable",
          RX + "Single",
          RX + "Maybe");
  private static final Set<String> METHODS =
      Set.of(
          "doOnNext",
          "doOnSuccess",
          "doOnError",
          "doOnTerminate",
          "doFinally",
          "doFirst",
          "doOnSubscribe",
          "unsafeCreate",
          "fromDirect",
          "from");

  private static final ClassValue<PublisherType> TYPES =
      new ClassValue<>() {
        @Override
        protected PublisherType computeValue(Class<?> type) {
          return new PublisherType(type);
        }
      };

  private final Map<String, Method> methods = new HashMap<>();

  /** Stands between a publisher and those who subscribe to it. */
  interface Subscribing {
    /** Somebody is about to subscribe, on this thread: for each one, a subscription of its own. */
    Begun begin(Object publisher);
  }

  /**
   * One subscription.
   *
   * @param publisher what is subscribed to
   * @param token for {@link Recorder#detach}: whom the thread works for until the publisher has
   *     been subscribed to, which may have signalled by then, or even ended
   */
  record Begun(Object publisher, int token) {}

  private PublisherType(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.getParameterCount() == 1 && METHODS.contains(method.getName())) {
        methods.put(method.getName(), method);
      }
    }
  }

  /** The type of a publisher, null for any other object. */
  static PublisherType of(Object publisher) {
    Class<?> type = publisher == null ? null : publisher.getClass();
    while (type != null && !NAMES.contains(type.getName())) {
      type = type.getSuperclass();
    }
    return type == null ? null : TYPES.get(type);
  }

  /** The publisher with a listener to its elements, or its only one. */
  Object peekElements(Object publisher, Consumer<Object> consumer)
      throws ReflectiveOperationException {
    // Mono has both; its other one is for the end of an empty one too.
    return peek(publisher, methods.containsKey("doOnNext") ? "doOnNext" : "doOnSuccess", consumer);
  }

  /** The publisher with a listener to subscriptions. */
  Object peekSubscription(Object publisher, Consumer<Object> consumer)
      throws ReflectiveOperationException {
    // Much of what a source does is done before it answers a subscription. RxJava has no such.
    return peek(publisher, methods.containsKey("doFirst") ? "doFirst" : "doOnSubscribe", consumer);
  }

  /** The publisher with a listener by one of its operators. */
  Object peek(Object publisher, String operator, Consumer<Object> consumer)
      throws ReflectiveOperationException {
    Method method = method(operator);
    return method.invoke(publisher, as(method.getParameterTypes()[0], consumer));
  }

  /**
   * A publisher that stands in for this one. What {@code between} throws is swallowed.
   *
   * @return the very same object when it is no publisher, or none that can be stood in for
   */
  static Object standIn(Object publisher, Subscribing between) {
    PublisherType type = of(publisher);
    try {
      return type == null ? publisher : type.made(new Source(publisher, between));
    } catch (ReflectiveOperationException e) {
      return publisher;
    }
  }

  private Object made(Source source) throws ReflectiveOperationException {
    Method factory = methods.get("unsafeCreate");
    if (factory == null) {
      // A Mono that is no "direct" one cancels its source after the first element.
      factory = methods.get("fromDirect");
    }
    if (factory == null) {
      factory = method("from");
    }
    if (!Modifier.isStatic(factory.getModifiers())) {
      throw new NoSuchMethodException(factory.getName());
    }
    Class<?> taken = factory.getParameterTypes()[0];
    return factory.invoke(null, proxy(taken, source));
  }

  private Method method(String name) throws NoSuchMethodException {
    Method method = methods.get(name);
    if (method == null) {
      throw new NoSuchMethodException(name);
    }
    return method;
  }

  private static Object as(Class<?> taken, Consumer<Object> consumer) {
    if (taken == Consumer.class) {
      return consumer;
    }
    return taken == Runnable.class
        ? new Running(consumer)
        // RxJava has functional types of its own.
        : proxy(taken, new Consuming(consumer));
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private record Running(Consumer<Object> consumer) implements Runnable {
    @Override
    public void run() {
      consumer.accept(null);
    }
  }

  private record Consuming(Consumer<Object> consumer) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] args)
        throws ReflectiveOperationException {
      if (method.getDeclaringClass() == Object.class) {
        return method.invoke(this, args);
      }
      consumer.accept(args == null ? null : args[0]);
      return null;
    }
  }

  private record Source(Object publisher, Subscribing between) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return method.invoke(this, args);
      }
      Begun begun = begin();
      try {
        return method.invoke(begun.publisher, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      } finally {
        Recorder.detach(begun.token);
      }
    }

    private Begun begin() {
      try {
        return between.begin(publisher);
      } catch (Throwable t) {
        Hook.swallowed(t);
        return new Begun(publisher, -1);
      }
    }
  }
}
