package dev.coldstart.it.app;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.util.List;
import java.util.Map;
import org.apache.http.HttpHost;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/** Elasticsearch's own clients, as their versions 8 and 9 have them. */
final class ElasticsearchScenes {
  private static final String VECTORS =
      "{\"mappings\":{\"properties\":{\"vector\":{\"type\":\"dense_vector\",\"dims\":2}}}}";
  private static final String NEAREST =
      "{\"knn\":{\"field\":\"vector\",\"query_vector\":[0.6,0.8],\"k\":1,\"num_candidates\":9}}";

  private ElasticsearchScenes() {}

  static void add(Scenes scenes, String url) {
    StoreScenes.add(
        scenes, "/java", (index, create) -> java(new ElasticsearchClient(transport(url)), index));
    StoreScenes.add(scenes, "/async", (index, create) -> async(transport(url), index));
    StoreScenes.add(scenes, "/low", (index, create) -> low(rest(url), index));
  }

  static RestClient rest(String url) {
    return RestClient.builder(HttpHost.create(url))
        // Not the 1 s of the default: that is how long a connect takes whose first packet is lost.
        .setRequestConfigCallback(config -> config.setConnectTimeout(5_000))
        .build();
  }

  private static ElasticsearchTransport transport(String url) {
    return new RestClientTransport(rest(url), new JacksonJsonpMapper());
  }

  static StoreScenes.Search java(ElasticsearchClient client, String index) throws Exception {
    client.info();
    if (!client.indices().exists(e -> e.index(index)).value()) {
      client
          .indices()
          .create(
              c ->
                  c.index(index)
                      .mappings(m -> m.properties("vector", p -> p.denseVector(d -> d.dims(2)))));
      Map<String, List<Double>> document = Map.of("vector", List.of(0.6, 0.8));
      client.bulk(b -> b.operations(o -> o.index(i -> i.index(index).document(document))));
    }
    return () -> client.search(nearest(index), Map.class);
  }

  private static StoreScenes.Search async(ElasticsearchTransport transport, String index)
      throws Exception {
    ElasticsearchAsyncClient client = new ElasticsearchAsyncClient(transport);
    if (!client.indices().exists(e -> e.index(index)).get().value()) {
      client.indices().create(c -> c.index(index)).get();
    }
    return () -> client.search(nearest(index), Map.class).get();
  }

  private static SearchRequest nearest(String index) {
    return SearchRequest.of(
        s ->
            s.index(index)
                .knn(
                    k ->
                        k.field("vector")
                            .queryVector(List.of(0.6f, 0.8f))
                            .k(1)
                            .numCandidates(9)));
  }

  private static StoreScenes.Search low(RestClient client, String index) throws Exception {
    client.performRequest(new Request("GET", "/"));
    int status = client.performRequest(new Request("HEAD", '/' + index)).getStatusLine().getStatusCode();
    if (status == 404) {
      client.performRequest(request("PUT", '/' + index, VECTORS));
    }
    return () -> client.performRequest(request("POST", '/' + index + "/_search", NEAREST));
  }

  private static Request request(String method, String path, String json) {
    Request request = new Request(method, path);
    request.setJsonEntity(json);
    return request;
  }
}
