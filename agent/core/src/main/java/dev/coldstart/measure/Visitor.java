package dev.coldstart.measure;

import com.sun.net.httpserver.HttpServer;
import dev.coldstart.measure.RequestFile.Ask;
import dev.coldstart.measure.Samples.Visit;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of the service. HTTP/1.1, redirects are not followed. */
final class Visitor {
  private static final int WARM_UP_ROUNDS = 30;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Loads and compiles what a request needs, on a server of its own: the client's cold start is not
   * the service's.
   */
  static void warmUp() throws IOException, InterruptedException {
    byte[] body = "event: token\ndata: word\n\n".getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    try {
      Visitor visitor = new Visitor();
      Ask ask =
          Ask.get(
              "http://"
                  + server.getAddress().getAddress().getHostAddress()
                  + ":"
                  + server.getAddress().getPort());
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        visitor.ask(ask, TimeUnit.SECONDS.toNanos(10));
      }
    } catch (TimeoutException e) {
      throw new IOException("no connection to 127.0.0.1", e);
    } finally {
      server.stop(0);
    }
  }

  /**
   * Sends a request and takes the whole answer.
   *
   * @throws IOException the connection failed or the status is not the expected one
   */
  Visit ask(Ask ask, long timeoutNanos) throws IOException, InterruptedException, TimeoutException {
    HttpRequest request = request(ask, timeoutNanos);
    Answer answer = new Answer(ask);
    long sent = System.nanoTime();
    CompletableFuture<HttpResponse<Void>> response = client.sendAsync(request, answer::handler);
    try {
      int status = response.get(timeoutNanos, TimeUnit.NANOSECONDS).statusCode();
      long end = System.nanoTime();
      boolean expected = ask.status() == null ? status < 400 : status == ask.status();
      if (!expected) {
        throw new IOException(
            "HTTP "
                + status
                + " instead of "
                + (ask.status() == null ? "a status below 400" : ask.status()));
      }
      Long content = answer.contentNanos == null ? null : answer.contentNanos - sent;
      return new Visit(status, answer.headersNanos - sent, content, end - sent);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof HttpTimeoutException) {
        throw new TimeoutException("no answer");
      }
      String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
      throw new IOException(
          "no answer (" + cause.getClass().getSimpleName() + message + ")", cause);
    } finally {
      response.cancel(true);
    }
  }

  private static HttpRequest request(Ask ask, long timeoutNanos) {
    try {
      BodyPublisher body =
          ask.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(ask.body());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(ask.uri())
              .method(ask.method(), body)
              .timeout(Duration.ofNanos(Math.max(1, timeoutNanos)));
      ask.headers().forEach(request::setHeader);
      return request.build();
    } catch (IllegalArgumentException e) {
      throw new BadInput("a request cannot be sent: " + e.getMessage(), e);
    }
  }

  /** Notes when headers and content come; on the client's threads, one after the other. */
  private static final class Answer {
    private final Ask ask;
    private volatile long headersNanos;
    private volatile Long contentNanos;

    Answer(Ask ask) {
      this.ask = ask;
    }

    HttpResponse.BodySubscriber<Void> handler(HttpResponse.ResponseInfo info) {
      headersNanos = System.nanoTime();
      boolean events =
          info.headers()
              .firstValue("Content-Type")
              .map(type -> type.startsWith("text/event-stream"))
              .orElse(false);
      EventData data = events ? new EventData(ask.content()) : null;
      return BodySubscribers.ofByteArrayConsumer(
          part -> {
            byte[] bytes = part.orElse(new byte[0]);
            if (contentNanos == null && bytes.length > 0 && (data == null || data.in(bytes))) {
              contentNanos = System.nanoTime();
            }
          });
    }
  }
}
