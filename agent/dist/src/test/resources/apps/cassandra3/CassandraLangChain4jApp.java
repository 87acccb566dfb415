package dev.coldstart.it.app;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.cassandra.CassandraEmbeddingStore;
import java.util.List;

/** LangChain4j's store in Cassandra, of a version that has its own words for searching. */
public final class CassandraLangChain4jApp implements Scenes.App {
  private static final Embedding VECTOR = Embedding.from(new float[] {0.6f, 0.8f});

  /** Arguments: see {@link Unusable}. */
  @Override
  public void prepare(Scenes scenes, String[] args) {
    CassandraDriver.set(args.length == 1 ? 20 : 2);
    StoreScenes.add(
        scenes,
        "",
        (index, create) -> {
          CassandraEmbeddingStore store = store(args[0], index);
          if (create) {
            store.add(VECTOR, TextSegment.from("Hello"));
          }
          return () -> store.findRelevant(VECTOR, 1, 0.0);
        });
    Unusable.add(scenes, args, port -> store(port, "handbook").findRelevant(VECTOR, 1, 0.0));
  }

  private static CassandraEmbeddingStore store(String port, String table) {
    return CassandraEmbeddingStore.builder()
        .contactPoints(List.of("127.0.0.1"))
        .port(Integer.parseInt(port))
        .localDataCenter("dc1")
        .userName("user")
        .password("secret-word")
        .keyspace("test")
        .table(table)
        .dimension(2)
        .build();
  }
}
