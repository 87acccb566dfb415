package dev.coldstart.it.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp: all requests share one client; in one way its calls wait for each other. */
public final class OkHttpWays implements Ways.OfLibrary {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private String url;

  @Override
  public void addTo(Map<String, Ways.Way> all) throws Exception {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    url = "http://127.0.0.1:" + server.getLocalPort() + "/";
    daemon(() -> serve(server));
    OkHttpClient client = new OkHttpClient();
    Dispatcher narrow = new Dispatcher();
    narrow.setMaxRequests(1);
    OkHttpClient oneByOne = client.newBuilder().dispatcher(narrow).build();
    all.put("enqueue", work -> enqueue(client, work));
    all.put("oneByOne", work -> enqueue(oneByOne, work));
    all.put("execute", work -> execute(client, work));
  }

  private void enqueue(OkHttpClient client, Runnable work) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    client
        .newCall(request())
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                response.close();
                work.run();
                done.complete(1);
              }

              @Override
              public void onFailure(Call call, IOException e) {
                done.completeExceptionally(e);
              }
            });
    done.get(30, TimeUnit.SECONDS);
  }

  private void execute(OkHttpClient client, Runnable work) throws IOException {
    client.newCall(request()).execute().close();
    work.run();
  }

  private Request request() {
    return new Request.Builder().url(url).build();
  }

  private static void serve(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        daemon(() -> answer(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket socket) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          TimeUnit.MILLISECONDS.sleep(2);
          socket.getOutputStream().write(ANSWER);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client is done.
    }
  }

  private static void daemon(Runnable run) {
    Thread thread = new Thread(run);
    thread.setDaemon(true);
    thread.start();
  }
}
