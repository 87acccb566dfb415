package dev.coldstart.it.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Visits with the JDK's HTTP client. */
public final class HttpClientVisits extends Visits {
  private final Duration timeout = Duration.ofMillis(TIMEOUT_MILLIS);
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build();

  @Override
  protected String get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
