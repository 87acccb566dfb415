package dev.coldstart.it.app;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** A client of OpenSearch whose server has something wrong. Arguments: "scene=url". */
public final class OpenSearchFaultsApp implements Scenes.App {
  private static final int TIMEOUT_MILLIS = 700;

  private OpenSearchTransport kept;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    StoreFaults.add(scenes, args, this::use);
  }

  private void use(String url) throws Exception {
    if (url.startsWith(StoreFaults.KEEP)) {
      kept = kept == null ? client(url.substring(StoreFaults.KEEP.length())) : kept;
      new OpenSearchClient(kept).info();
      return;
    }
    try (OpenSearchTransport client = client(url)) {
      new OpenSearchClient(client).info();
    }
  }

  private static OpenSearchTransport client(String url) {
    URI uri = URI.create(url);
    return ApacheHttpClient5TransportBuilder.builder(
            new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()))
        .setMapper(new JacksonJsonpMapper())
        .setRequestConfigCallback(
            config -> config.setResponseTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
        .build();
  }
}
