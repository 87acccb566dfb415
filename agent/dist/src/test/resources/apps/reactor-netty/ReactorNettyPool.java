package dev.coldstart.it.app;

import io.netty.channel.EventLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Reactor Netty's client with one connection, which is taken until the answer has come: that of a
 * bare socket, which ends when it is told to.
 */
public final class ReactorNettyPool extends Pooled {
  private final HttpClient client =
      HttpClient.create(ConnectionProvider.create("one", 1))
          .doOnConnected(connection -> loop = connection.channel().eventLoop());
  private volatile EventLoop loop;
  private final Semaphore over = new Semaphore(0);
  private ServerSocket server;

  @Override
  protected void open(String[] args) throws Exception {
    server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (true) {
      try (Socket socket = server.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.isEmpty()) {
            answer(socket.getOutputStream());
          }
        }
      } catch (IOException | InterruptedException e) {
        // The next one.
      }
    }
  }

  private void answer(OutputStream out) throws IOException, InterruptedException {
    out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes());
    over.acquire();
    out.write("0\r\n\r\n".getBytes());
  }

  @Override
  protected AutoCloseable take() throws Exception {
    Semaphore answered = new Semaphore(0);
    CompletableFuture<String> body =
        client
            .get()
            .uri("http://127.0.0.1:" + server.getLocalPort() + "/")
            .responseSingle(
                (response, content) -> {
                  answered.release();
                  return content.asString();
                })
            .toFuture();
    answered.acquire();
    return () -> {
      over.release();
      body.join();
      // The loop gives the connection back after it has told that the answer is whole.
      loop.submit(() -> {}).get();
    };
  }
}
