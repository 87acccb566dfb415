package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Requests that share one HTTP/2 connection, which began as HTTP/1.1 without TLS. */
final class Http2 {
  /**
   * Plays some at the same time, and one whose client does not want more.
   *
   * @param routes gets what the requests are
   * @param failed gets which of them fail
   * @param together how many the scene waits for
   */
  static void play(int port, List<String> routes, List<String> failed, int together)
      throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    String server = "http://127.0.0.1:" + port;
    assertThat(send(client, server + "/plain?s3cr3t").get().statusCode()).isEqualTo(200);
    routes.add("/plain");
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < together; i++) {
      routes.add("/together/h" + i);
      all.add(send(client, server + "/together/h" + i));
    }
    for (CompletableFuture<HttpResponse<String>> one : all) {
      assertThat(one.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
    routes.add("/endless");
    failed.add("/endless");
    HttpResponse<InputStream> endless =
        client.send(request(server + "/endless"), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = endless.body()) {
      assertThat(body.read()).isEqualTo('d');
    }
  }

  private static CompletableFuture<HttpResponse<String>> send(HttpClient client, String uri) {
    return client.sendAsync(request(uri), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).build();
  }

  private Http2() {}
}
