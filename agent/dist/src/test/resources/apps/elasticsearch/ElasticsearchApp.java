package dev.coldstart.it.app;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.elasticsearch.ElasticsearchEmbeddingStore;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Elasticsearch's clients of version 9, and LangChain4j's store. Argument: URL of the server. */
public final class ElasticsearchApp implements Scenes.App {
  private static final Embedding VECTOR = Embedding.from(new float[] {0.6f, 0.8f});

  @Override
  public void prepare(Scenes scenes, String[] args) {
    ElasticsearchScenes.add(scenes, args[0]);
    StoreScenes.add(
        scenes,
        "/java5",
        (index, create) -> {
          Rest5Client rest =
              Rest5Client.builder(URI.create(args[0]))
                  .setConnectionConfigCallback(
                      config -> config.setConnectTimeout(5, TimeUnit.SECONDS))
                  .build();
          return ElasticsearchScenes.java(
              new ElasticsearchClient(new Rest5ClientTransport(rest, new JacksonJsonpMapper())),
              index);
        });
    StoreScenes.add(scenes, "/langchain4j", (index, create) -> langChain4j(args[0], index, create));
  }

  private static StoreScenes.Search langChain4j(String url, String index, boolean create) {
    ElasticsearchEmbeddingStore store =
        ElasticsearchEmbeddingStore.builder()
            .restClient(ElasticsearchScenes.rest(url))
            .indexName(index)
            .build();
    if (create) {
      store.add(VECTOR, TextSegment.from("Hello"));
    }
    EmbeddingSearchRequest search =
        EmbeddingSearchRequest.builder().queryEmbedding(VECTOR).maxResults(1).build();
    return () -> store.search(search);
  }
}
