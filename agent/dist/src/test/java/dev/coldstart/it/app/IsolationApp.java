package dev.coldstart.it.app;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** Tells which of the agent's classes it can see, after a request the agent reported. */
public final class IsolationApp {
  public static void main(String[] args) throws Exception {
    Set<String> contexts = new ConcurrentSkipListSet<>();
    serveOne(contexts);
    for (String name :
        new String[] {
          "net.bytebuddy.jar.asm.ClassReader",
          "io.opentelemetry.api.OpenTelemetry",
          "com.google.gson.Gson",
          "org.HdrHistogram.Histogram",
          "dev.coldstart.agent.Installer",
          "dev.coldstart.bootstrap.Recorder"
        }) {
      Work.say(name + look(name));
    }
    Thread thread = new Thread(() -> note(contexts));
    thread.start();
    thread.join();
    ForkJoinPool.commonPool().submit(() -> note(contexts)).get();
    note(contexts);
    Work.say("context class loaders: " + String.join(", ", contexts));
  }

  private static void serveOne(Set<String> contexts) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var executor = Executors.newSingleThreadExecutor();
    server.setExecutor(executor);
    server.createContext(
        "/",
        exchange -> {
          note(contexts);
          Work.connect("pool");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    Work.awaitAgent();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .thenAccept(response -> note(contexts))
        .join();
    Work.awaitAgent();
    server.stop(0);
    executor.shutdown();
  }

  private static String look(String name) {
    try {
      Class<?> type = Class.forName(name);
      return type.getClassLoader() == null ? " from the boot loader" : " from the application's";
    } catch (ClassNotFoundException e) {
      return " not found";
    }
  }

  private static void note(Set<String> contexts) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    contexts.add(context == null ? "none" : context.getName());
  }

  private IsolationApp() {}
}
