package dev.coldstart.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * Frame of the apps that use a library: each GET path is one way to use it. Started with the name
 * of an app's class, which is compiled against its libraries only when a test wants it.
 */
public final class Scenes {
  private final HttpServer server;
  private final String folder;

  /** What one request does. */
  public interface Scene {
    /** Uses the library and answers with whatever text it likes. */
    void play(Answer answer) throws Exception;
  }

  /** An app: registers its scenes. */
  public interface App {
    /** Called before the server accepts requests. */
    void prepare(Scenes scenes, String[] args) throws Exception;
  }

  /** The body of the response; every write leaves at once. */
  public static final class Answer {
    private final HttpExchange exchange;
    private OutputStream body;

    Answer(HttpExchange exchange) {
      this.exchange = exchange;
    }

    /** Name of a model, with the orders for it that came as the request's query. */
    public String model(String name) {
      String orders = exchange.getRequestURI().getQuery();
      return orders == null ? name : name + '-' + orders;
    }

    /** Writes some text. */
    public synchronized void write(String text) {
      try {
        if (body == null) {
          exchange.sendResponseHeaders(200, 0);
          body = exchange.getResponseBody();
        }
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private synchronized void close(boolean failed) throws IOException {
      if (body == null) {
        exchange.sendResponseHeaders(failed ? 500 : 200, -1);
      }
      exchange.close();
    }
  }

  private Scenes(HttpServer server, String folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Arguments: the app's class, then its own. */
  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    Scenes scenes = new Scenes(server, "");
    App app = Class.forName(args[0]).asSubclass(App.class).getConstructor().newInstance();
    app.prepare(scenes, java.util.Arrays.copyOfRange(args, 1, args.length));
    Work.awaitAgent();
    server.start();
    Work.say("port=" + server.getAddress().getPort());
  }

  /** Scenes whose paths begin with this. */
  public Scenes below(String path) {
    return new Scenes(server, folder + path);
  }

  /** Adds a scene under a path. */
  public void add(String path, Scene scene) {
    server.createContext(
        folder + path,
        exchange -> {
          Answer answer = new Answer(exchange);
          boolean failed = true;
          try {
            scene.play(answer);
            failed = false;
          } catch (Exception | LinkageError e) {
            System.getLogger("scenes").log(System.Logger.Level.WARNING, path, e);
          } finally {
            answer.close(failed);
          }
        });
  }
}
