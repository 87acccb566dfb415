package dev.coldstart.it.app;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;

/** A client of Elasticsearch whose server has something wrong. Arguments: "scene=url". */
public final class ElasticsearchFaultsApp implements Scenes.App {
  private static final int TIMEOUT_MILLIS = 700;

  private RestClient kept;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    StoreFaults.add(scenes, args, this::use);
  }

  private void use(String url) throws Exception {
    if (url.startsWith(StoreFaults.KEEP)) {
      kept = kept == null ? client(url.substring(StoreFaults.KEEP.length())) : kept;
      ask(kept);
      return;
    }
    try (RestClient client = client(url)) {
      ask(client);
    }
  }

  private static RestClient client(String url) {
    return RestClient.builder(HttpHost.create(url))
        .setRequestConfigCallback(config -> config.setSocketTimeout(TIMEOUT_MILLIS))
        .build();
  }

  private static void ask(RestClient client) throws Exception {
    new ElasticsearchClient(new RestClientTransport(client, new JacksonJsonpMapper())).info();
  }
}
