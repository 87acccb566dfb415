package dev.coldstart.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Hands the work of a request to other threads. {@code /way/<way>/<n>} does so in eight requests at
 * once that begin and end together; the other paths are single scenes. Argument: the class of a
 * library's ways, none for those of the JDK.
 */
public final class ContextApp {
  private static final CyclicBarrier BEGIN = new CyclicBarrier(8);
  private static final CyclicBarrier END = new CyclicBarrier(8);
  private static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static final CountDownLatch LATE = new CountDownLatch(1);
  private static final CountDownLatch LATE_DONE = new CountDownLatch(1);
  private static final ExecutorService BLOCKED = Executors.newSingleThreadExecutor();
  private static final CompletableFuture<Integer> STAGE = new CompletableFuture<>();
  private static final Queue<Later.Period> PERIODS = new ConcurrentLinkedQueue<>();

  private interface Scene {
    void play(String path) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    Ways.prepare(args.length == 0 ? null : args[0]);
    BLOCKED.execute(ContextApp::awaitLate);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    scene(server, "/way", ContextApp::way);
    scene(server, "/hold", path -> RELEASED.await(30, TimeUnit.SECONDS));
    scene(server, "/release", path -> RELEASED.countDown());
    scene(server, "/born", ContextApp::born);
    scene(server, "/periodic", ContextApp::periodic);
    scene(server, "/still", ContextApp::still);
    scene(server, "/queue", ContextApp::queue);
    scene(server, "/during", ContextApp::during);
    server.start();
    Work.awaitAgent();
    Work.say("port=" + server.getAddress().getPort());
  }

  private static void scene(HttpServer server, String path, Scene scene) {
    server.createContext(path, exchange -> respond(exchange, scene));
  }

  private static void respond(HttpExchange exchange, Scene scene) throws IOException {
    int status = 200;
    try {
      scene.play(exchange.getRequestURI().getPath());
    } catch (Exception e) {
      e.printStackTrace();
      status = 500;
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void way(String path) throws Exception {
    BEGIN.await(30, TimeUnit.SECONDS);
    try {
      Ways.go(path.split("/", -1)[2], () -> Work.connect(path));
    } finally {
      END.await(30, TimeUnit.SECONDS);
    }
  }

  /** Threads of pools begin in this request; then somebody without a request uses them. */
  private static void born(String path) throws Exception {
    for (ExecutorService pool : Ways.newPools()) {
      pool.submit(() -> Work.connect(path)).get();
      Ways.outsider(() -> pool.submit(() -> Work.connect("outsider")).get());
      pool.shutdown();
    }
    Timer timer = new Timer();
    awaitTimer(timer, path);
    Ways.outsider(() -> awaitTimer(timer, "outsider"));
    timer.cancel();
  }

  private static boolean awaitTimer(Timer timer, String owner) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            Work.connect(owner);
            done.countDown();
          }
        },
        1);
    return done.await(30, TimeUnit.SECONDS);
  }

  /** Ends, its periodic tasks do not. */
  private static void periodic(String path) throws Exception {
    PERIODS.addAll(Later.everyMillisecond(() -> Work.connect(path)));
    for (Later.Period period : PERIODS) {
      period.await(4);
    }
  }

  /** The only request in flight while they still run. */
  private static void still(String path) throws Exception {
    for (Later.Period period : PERIODS) {
      period.await(4);
      period.stop();
    }
    Work.connect(path);
  }

  private static void awaitLate() {
    try {
      LATE.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends before its tasks begin. */
  private static void queue(String path) {
    var unused = STAGE.thenRun(() -> Work.connect(path));
    BLOCKED.execute(
        () -> {
          Work.connect(path);
          LATE_DONE.countDown();
        });
  }

  /** The only request in flight while the late tasks run, one of them on its own thread. */
  private static void during(String path) throws Exception {
    Work.connect(path);
    Ways.manyTasks(5_000);
    STAGE.complete(1);
    LATE.countDown();
    LATE_DONE.await(30, TimeUnit.SECONDS);
  }

  private ContextApp() {}
}
