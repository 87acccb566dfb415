package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.SearchApi;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenSearch: its Java client over either HTTP client, the low-level client, and the stores of
 * LangChain4j and Spring AI above. None connects before its first request. Spring AI's store looks
 * for its index when Spring makes it, LangChain4j's before it adds something.
 */
public final class OpenSearch implements Library {
  private static final String CLIENT = "org.opensearch.client.";
  private static final String TRANSPORT = CLIENT + "transport.";
  private static final String APACHE = TRANSPORT + "httpclient5.ApacheHttpClient5Transport";
  private static final VectorStore STORE = new VectorStore("opensearch");

  @Override
  public String name() {
    return "opensearch";
  }

  @Override
  public String testedVersions() {
    return "Java client 2.9.0, 3.9.0, low-level client 2.12.0, 3.9.0,"
        + " langchain4j-opensearch 1.10.0-beta18, spring-ai-opensearch-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    SearchApi api = new SearchApi(STORE);
    List<Probe> probes = new ArrayList<>();
    probes.addAll(
        STORE.langChain4j("dev.langchain4j.store.embedding.opensearch.OpenSearchEmbeddingStore"));
    probes.addAll(
        STORE.springAi("org.springframework.ai.vectorstore.opensearch.OpenSearchVectorStore"));
    probes.add(
        STORE.step("client", CLIENT + "RestClientBuilder", "build").alsoIn(APACHE + "Builder"));
    probes.addAll(api.client(TRANSPORT + "rest_client.RestClientTransport"));
    probes.addAll(api.async(APACHE));
    probes.addAll(api.lowLevel(CLIENT + "RestClient"));
    return probes;
  }
}
