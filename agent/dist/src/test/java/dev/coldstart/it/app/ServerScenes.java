package dev.coldstart.it.app;

import java.io.IOException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/**
 * What the apps of servers answer, by path; an app only adapts its server's requests and responses.
 * Started with the name of the app's class, which is compiled against its libraries only when a
 * test wants it.
 */
public final class ServerScenes {
  /** Threads the server knows nothing of. */
  static final ExecutorService LATER = Executors.newCachedThreadPool();

  private static final int TOGETHER = 4;
  private static final CyclicBarrier BARRIER = new CyclicBarrier(TOGETHER);

  /** One response. */
  public interface Reply {
    /** Called once, before anything is written, and only for other ones than 200. */
    void status(int status) throws IOException;

    /** Some bytes of the body that leave at once. */
    void write(String text) throws IOException;

    /** The response is complete. */
    void end() throws IOException;
  }

  /** A server with its app. */
  public interface App {
    /** Starts it on 127.0.0.1. Returns its port. */
    int start() throws Exception;
  }

  /** Argument: the app's class. */
  public static void main(String[] args) throws Exception {
    // What servers log of failing handlers is not what is tested.
    LogManager.getLogManager().reset();
    App app = Class.forName(args[0]).asSubclass(App.class).getConstructor().newInstance();
    int port = app.start();
    Work.awaitAgent();
    Work.say("port=" + port);
  }

  /** Whether another thread answers after the handler has returned. */
  public static boolean isLater(String path) {
    return path.equals("/async") || path.equals("/later");
  }

  /** Plays a scene on another thread, and ends its response. */
  public static void later(String path, Reply reply) {
    LATER.execute(
        () -> {
          try {
            TimeUnit.MILLISECONDS.sleep(20);
            play(path, reply);
            reply.end();
          } catch (Exception e) {
            // A client that has gone, normally.
            System.getLogger("scenes").log(System.Logger.Level.DEBUG, path, e);
          }
        });
  }

  /** Plays a scene; whoever calls ends the response. What it throws is the handler's exception. */
  public static void play(String path, Reply reply) throws Exception {
    if (path.startsWith("/together/")) {
      together(path, reply);
      return;
    }
    switch (path) {
      case "/health", "/healthz", "/actuator/health", "/style.css" -> reply.write("ok");
      case "/chunks" -> chunks(reply);
      case "/throws" -> throwing();
      case "/error" -> status(path, reply, 503);
      case "/empty" -> status(path, reply, 204);
      case "/endless" -> endless(reply);
      case "/words", "/later" -> words(path, reply, "");
      case "/comment" -> words(path, reply, ": wait\n\n");
      case "/whole" -> whole(reply);
      default -> plain(path, reply);
    }
  }

  private static void plain(String path, Reply reply) throws IOException {
    Work.connect(path);
    reply.write("plain");
  }

  private static void chunks(Reply reply) throws IOException {
    Work.connect("/chunks");
    for (int i = 0; i < 3; i++) {
      reply.write("data: " + i + "\n\n");
    }
  }

  private static void throwing() {
    Work.connect("/throws");
    throw new IllegalStateException("s3cr3t-message");
  }

  private static void status(String path, Reply reply, int status) throws IOException {
    Work.connect(path);
    reply.status(status);
  }

  /** Until the client is gone. */
  private static void endless(Reply reply) throws Exception {
    Work.connect("/endless");
    while (true) {
      reply.write("data: more\n\n");
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Requests that are all in their handlers at the same time. */
  private static void together(String path, Reply reply) throws Exception {
    BARRIER.await(10, TimeUnit.SECONDS);
    plain(path, reply);
    BARRIER.await(10, TimeUnit.SECONDS);
  }

  private static void words(String path, Reply reply, String comment) throws IOException {
    String name = path.substring(1);
    Work.mark(name + ".handler");
    if (!comment.isEmpty()) {
      reply.write(comment);
    }
    Chat.stream(name, word -> reply.write("data: " + word + "\n\n"));
  }

  /** The model streams, the response does not. */
  private static void whole(Reply reply) throws IOException {
    Work.mark("whole.handler");
    StringBuilder answer = new StringBuilder();
    Chat.stream("tokens", answer::append);
    Work.mark("whole.before");
    reply.write(answer.toString());
  }

  private ServerScenes() {}
}
