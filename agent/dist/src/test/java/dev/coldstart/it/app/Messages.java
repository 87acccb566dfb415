package dev.coldstart.it.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/**
 * Frame of the apps whose requests are messages: no server, only a broker. Started with the name of
 * an app's class, which is compiled against its libraries only when a test wants it, and with what
 * to send: {@code queue/text}, several at once with commas.
 */
public final class Messages {
  /** Trace context of every message, with another of its headers. */
  public static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** Before the last message: what ended before then leaves it a quiet time to report. */
  public static final long QUIET_MILLIS = 300;

  private static final ConcurrentHashMap<String, CountDownLatch> HANDLED =
      new ConcurrentHashMap<>();
  private static final CyclicBarrier TOGETHER = new CyclicBarrier(4);
  private static final ExecutorService LATER = Executors.newCachedThreadPool();

  /** An app: a broker with listeners that give what arrives to {@link #handle}. */
  public interface App {
    /** Starts the broker, then the listeners. */
    void start() throws Exception;

    /** Sends a message with the header traceparent, and others that are nobody's business. */
    void send(String queue, String text) throws Exception;
  }

  /** Arguments: the app's class, then what to send. After two it waits to be told to go on. */
  public static void main(String[] args) throws Exception {
    // What libraries log of failing handlers is not what is tested.
    LogManager.getLogManager().reset();
    App app = Class.forName(args[0]).asSubclass(App.class).getConstructor().newInstance();
    app.start();
    Work.awaitAgent();
    for (int i = 1; i < args.length; i++) {
      String[] messages = args[i].split(",", -1);
      if (i == 3) {
        Work.say("first=handled");
        if (System.in.read() < 0) {
          return;
        }
      }
      if (i == args.length - 1) {
        Thread.sleep(QUIET_MILLIS);
      }
      for (String message : messages) {
        HANDLED.put(message, new CountDownLatch(1));
        int slash = message.indexOf('/');
        app.send(message.substring(0, slash), message);
      }
      for (String message : messages) {
        if (!HANDLED.get(message).await(30, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody handled " + message);
        }
      }
    }
    Work.say("handled=all");
  }

  /** Does what the name of the message says, on the listener's thread. */
  static void handle(String message) {
    try {
      switch (name(message)) {
        case "quiet" -> {}
        case "words" -> Chat.stream(message, word -> {});
        case "throws" -> fail(message);
        case "together" -> together(message);
        default -> Work.connect(message);
      }
    } finally {
      done(message);
    }
  }

  /** Lets a model stream words to somebody who can see them. */
  static void stream(String message, Chat.Sink sink) {
    Chat.stream(message, sink);
    done(message);
  }

  /** Whoever handled it otherwise is done. */
  static void done(String message) {
    HANDLED.get(message).countDown();
  }

  /** The same as {@link #handle} on another thread, after a while. */
  static CompletableFuture<String> handleLater(String message) {
    Work.connect(message + " begins");
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            TimeUnit.MILLISECONDS.sleep(100);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          handle(message);
          return message;
        },
        LATER);
  }

  /** {@code throws} of {@code orders/throws.2}. */
  private static String name(String message) {
    int dot = message.indexOf('.');
    return message.substring(message.indexOf('/') + 1, dot < 0 ? message.length() : dot);
  }

  private static void fail(String message) {
    Work.connect(message);
    throw new IllegalStateException("s3cr3t-message");
  }

  private static void together(String message) {
    try {
      TOGETHER.await(30, TimeUnit.SECONDS);
      Work.connect(message);
      TOGETHER.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Messages() {}
}
