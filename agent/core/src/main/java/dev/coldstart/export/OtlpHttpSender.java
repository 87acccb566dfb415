package dev.coldstart.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One attempt of OTLP/HTTP over the JDK's client. Unlike OpenTelemetry's own it never repeats, and
 * tells how long the collector asks to be left alone. Thread-safe.
 */
final class OtlpHttpSender implements HttpSender {
  private static final long MAX_PAUSE_SECONDS = 600;

  private final HttpSenderConfig config;
  private final HttpClient client;
  private final LongConsumer pauseSeconds;

  /**
   * @param pauseSeconds takes what a {@code Retry-After} header says, s
   */
  OtlpHttpSender(HttpSenderConfig config, LongConsumer pauseSeconds) {
    this.config = config;
    this.pauseSeconds = pauseSeconds;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(
                "https".equals(config.getEndpoint().getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.getConnectTimeout())
            .executor(Executors.newCachedThreadPool(OtlpHttpSender::thread));
    if (config.getSslContext() != null) {
      builder.sslContext(config.getSslContext());
    }
    if (config.getProxyOptions() != null) {
      builder.proxy(config.getProxyOptions().getProxySelector());
    }
    client = builder.build();
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    Untraced.run(() -> sendNow(message, onResponse, onError));
  }

  private void sendNow(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    try {
      // Whoever waits is told by one of the two consumers.
      var unused =
          client
              .sendAsync(request(message), BodyHandlers.discarding())
              .whenComplete(
                  (response, failure) -> {
                    if (failure != null) {
                      onError.accept(failure);
                    } else {
                      response.headers().firstValue("Retry-After").ifPresent(this::pause);
                      onResponse.accept(new Answer(response.statusCode()));
                    }
                  });
    } catch (IOException | RuntimeException e) {
      onError.accept(e);
    }
  }

  @Override
  public CompletableResultCode shutdown() {
    // The client's threads end when nobody refers to it any more.
    return CompletableResultCode.ofSuccess();
  }

  /** What is logged there is told by its context class loader from what the application logs. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "coldstart-otlp-http", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(OtlpHttpSender.class.getClassLoader());
    return thread;
  }

  private HttpRequest request(MessageWriter message) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(64 * 1024);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(config.getEndpoint())
            .timeout(config.getTimeout())
            .header("Content-Type", config.getContentType());
    Compressor compressor = config.getCompressor();
    if (compressor == null) {
      message.writeMessage(body);
    } else {
      builder.header("Content-Encoding", compressor.getEncoding());
      try (OutputStream out = compressor.compress(body)) {
        message.writeMessage(out);
      }
    }
    Map<String, List<String>> headers = config.getHeadersSupplier().get();
    if (headers != null) {
      headers.forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    }
    return builder.POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build();
  }

  /** A date instead of seconds is left to the usual pauses. */
  private void pause(String header) {
    try {
      long seconds = Long.parseLong(header.trim());
      pauseSeconds.accept(Math.max(0, Math.min(seconds, MAX_PAUSE_SECONDS)));
    } catch (NumberFormatException e) {
      // Told above.
    }
  }

  private record Answer(int status) implements HttpResponse {
    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return new byte[0];
    }
  }
}
