package dev.coldstart.it.app;

import java.net.URI;
import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.RestClient;

/** OpenSearch's clients of version 3. Argument: URL of the server. */
public final class OpenSearchApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    URI uri = URI.create(args[0]);
    HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    OpenSearchScenes.add(scenes, args[0], () -> RestClient.builder(host).build());
  }
}
