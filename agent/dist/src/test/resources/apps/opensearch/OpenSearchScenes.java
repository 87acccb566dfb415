package dev.coldstart.it.app;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.Request;
import org.opensearch.client.RestClient;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchAsyncClient;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch.core.SearchRequest;
import org.opensearch.client.opensearch.indices.CreateIndexRequest;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.rest_client.RestClientTransport;

/** OpenSearch's own clients, as their versions 2 and 3 have them. */
final class OpenSearchScenes {
  private static final String VECTORS =
      "{\"settings\":{\"index.knn\":true},\"mappings\":{\"properties\":{\"vector\":{\"type\":"
          + "\"knn_vector\",\"dimension\":2,\"method\":{\"name\":\"hnsw\",\"engine\":\"lucene\"}}}}}";
  private static final String NEAREST =
      "{\"query\":{\"knn\":{\"vector\":{\"vector\":[0.6,0.8],\"k\":1}}}}";

  private OpenSearchScenes() {}

  /** The low-level client is given, because its builder takes types of its HTTP client. */
  static void add(Scenes scenes, String url, java.util.function.Supplier<RestClient> rest) {
    StoreScenes.add(scenes, "/java", (index, create) -> java(transport(url), index));
    StoreScenes.add(scenes, "/async", (index, create) -> async(transport(url), index));
    StoreScenes.add(
        scenes,
        "/rest",
        (index, create) ->
            java(new RestClientTransport(rest.get(), new JacksonJsonpMapper()), index));
    StoreScenes.add(scenes, "/low", (index, create) -> low(rest.get(), index));
  }

  static OpenSearchTransport transport(String url) {
    URI uri = URI.create(url);
    HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    return ApacheHttpClient5TransportBuilder.builder(host)
        .setMapper(new JacksonJsonpMapper())
        // Not the 1 s of the default: that is how long a connect takes whose first packet is lost.
        .setRequestConfigCallback(config -> config.setConnectTimeout(5, TimeUnit.SECONDS))
        .build();
  }

  private static StoreScenes.Search java(OpenSearchTransport transport, String index)
      throws Exception {
    OpenSearchClient client = new OpenSearchClient(transport);
    client.info();
    if (!client.indices().exists(e -> e.index(index)).value()) {
      client.indices().create(vectors(index));
      Map<String, List<Double>> document = Map.of("vector", List.of(0.6, 0.8));
      client.bulk(b -> b.operations(o -> o.index(i -> i.index(index).document(document))));
    }
    return () -> client.search(nearest(index), Map.class);
  }

  private static StoreScenes.Search async(OpenSearchTransport transport, String index)
      throws Exception {
    OpenSearchAsyncClient client = new OpenSearchAsyncClient(transport);
    if (!client.indices().exists(e -> e.index(index)).get().value()) {
      client.indices().create(vectors(index)).get();
    }
    return () -> client.search(nearest(index), Map.class).get();
  }

  private static CreateIndexRequest vectors(String index) {
    return CreateIndexRequest.of(
        c ->
            c.index(index)
                .settings(s -> s.knn(true))
                .mappings(
                    m ->
                        m.properties(
                            "vector",
                            p ->
                                p.knnVector(
                                    v ->
                                        v.dimension(2)
                                            .method(h -> h.name("hnsw").engine("lucene"))))));
  }

  private static SearchRequest nearest(String index) {
    return SearchRequest.of(s -> s.index(index).query(q -> q.knn(NearestVector.query())));
  }

  private static StoreScenes.Search low(RestClient client, String index) throws Exception {
    client.performRequest(new Request("GET", "/"));
    Request exists = new Request("HEAD", '/' + index);
    if (client.performRequest(exists).getStatusLine().getStatusCode() == 404) {
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
