package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.AgentRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Models that others simulate: aimock, from npm. What it answers and when is in {@code
 * aimock/fixtures.json}. So that our client and our server do not agree by mistake.
 */
final class Aimock implements AutoCloseable {
  private static final String LISTENS = "listening on ";

  private final Process process;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  Aimock() throws IOException {
    String fixtures = AgentRun.jarOf(Aimock.class).resolve("aimock").toString();
    process =
        new ProcessBuilder(NodeScript.path("aimock.sh"), fixtures)
            .redirectErrorStream(true)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    String line = out.readLine();
    while (line != null && !line.contains(LISTENS)) {
      said.append(line).append('\n');
      line = out.readLine();
    }
    assertThat(line).as("aimock.sh: %s", said).isNotNull();
    url = line.substring(line.indexOf(LISTENS) + LISTENS.length()).trim();
    Thread rest = new Thread(() -> readOn(out), "aimock's output");
    rest.setDaemon(true);
    rest.start();
  }

  /** Or it would wait for somebody who does. */
  private static void readOn(BufferedReader out) {
    try {
      String line = out.readLine();
      while (line != null) {
        line = out.readLine();
      }
    } catch (IOException e) {
      // Ended.
    }
  }

  String url() {
    return url;
  }

  /** How many requests it has had. */
  int requests() throws IOException, InterruptedException {
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

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ended").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
