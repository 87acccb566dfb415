package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * Models that others simulate: aimock, from npm. What it answers and when is in {@code
 * aimock/fixtures.json}. So that our client and our server do not agree by mistake.
 */
final class Aimock {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url = Backend.of("aimock").url();
  private final int earlier;

  Aimock() throws IOException, InterruptedException {
    earlier = all();
  }

  String url() {
    return url;
  }

  /** How many requests it has had since this was made. */
  int requests() throws IOException, InterruptedException {
    return all() - earlier;
  }

  private int all() throws IOException, InterruptedException {
    HttpRequest journal =
        HttpRequest.newBuilder(URI.create(url + "/__aimock/journal?limit=1")).build();
    return Integer.parseInt(
        client
            .send(journal, HttpResponse.BodyHandlers.discarding())
            .headers()
            .firstValue("X-Total-Count")
            .orElseThrow());
  }

  /** Time from a request sent by hand to the first line of the answer with this text, ns. */
  long firstNanos(String path, String json, String text) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    long begin = System.nanoTime();
    try (InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.contains(text)) {
        line = lines.readLine();
      }
      assertThat(line).as(text).isNotNull();
      return System.nanoTime() - begin;
    }
  }
}
