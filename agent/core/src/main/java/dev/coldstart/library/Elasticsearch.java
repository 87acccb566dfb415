package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.SearchApi;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Elasticsearch: its Java client, the two low-level clients below that, and the stores of
 * LangChain4j and Spring AI above. None connects before its first request, so that request's first
 * part is connecting. Spring AI's store looks for its index when Spring makes it.
 */
public final class Elasticsearch implements Library {
  private static final String LOW = "org.elasticsearch.client.RestClient";
  private static final String LOW5 =
      "co.elastic.clients.transport.rest5_client.low_level.Rest5Client";
  private static final String L4J = "dev.langchain4j.store.embedding.elasticsearch.";
  private static final String SPRING =
      "org.springframework.ai.vectorstore.elasticsearch.ElasticsearchVectorStore";
  private static final VectorStore STORE = new VectorStore("elasticsearch");

  @Override
  public String name() {
    return "elasticsearch";
  }

  @Override
  public String testedVersions() {
    return "Java client 8.17.0, 8.18.8, 9.5.3, langchain4j-elasticsearch 1.13.0-beta23,"
        + " spring-ai-elasticsearch-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    SearchApi api = new SearchApi(STORE);
    List<Probe> probes = new ArrayList<>();
    probes.addAll(
        STORE.langChain4j(
            L4J + "AbstractElasticsearchEmbeddingStore", L4J + "ElasticsearchEmbeddingStore"));
    probes.addAll(STORE.springAi(SPRING));
    probes.add(STORE.step("client", LOW + "Builder", "build").alsoIn(LOW5 + "Builder"));
    probes.addAll(api.client("co.elastic.clients.transport.ElasticsearchTransportBase"));
    probes.addAll(api.lowLevel(LOW, LOW5));
    return probes;
  }
}
