package dev.coldstart.it.app;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;

/** A client of Elasticsearch whose server has something wrong. Arguments: "scene=url". */
public final class ElasticsearchFaultsApp implements Scenes.App {
  private static final int TIMEOUT_MILLIS = 700;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    StoreFaults.add(scenes, args, ElasticsearchFaultsApp::use);
  }

  private static void use(String url) throws Exception {
    try (RestClient rest =
        RestClient.builder(HttpHost.create(url))
            .setRequestConfigCallback(config -> config.setSocketTimeout(TIMEOUT_MILLIS))
            .build()) {
      new ElasticsearchClient(new RestClientTransport(rest, new JacksonJsonpMapper())).info();
    }
  }
}
