package dev.coldstart.it.app;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;

/** A vector store of LangChain4j, new, used first, and used again. */
abstract class LangChain4jStoreScenes implements Scenes.App {
  private static final Embedding VECTOR = Embedding.from(new float[] {0.6f, 0.8f});

  private EmbeddingStore<TextSegment> store;

  /**
   * Makes a store.
   *
   * @param index the name of what is searched: "handbook" is there
   */
  abstract EmbeddingStore<TextSegment> store(String index);

  @Override
  public final void prepare(Scenes scenes, String[] args) {
    begin(args);
    scenes.add(
        "/new",
        out -> {
          store = store("not_there_yet");
          store.add(VECTOR, TextSegment.from("Hello"));
          search();
        });
    scenes.add(
        "/first",
        out -> {
          store = store("handbook");
          search();
        });
    scenes.add("/again", out -> search());
  }

  /** What the app's arguments are. */
  abstract void begin(String[] args);

  private void search() {
    store.search(
        EmbeddingSearchRequest.builder().queryEmbedding(VECTOR).maxResults(1).minScore(0.0).build());
  }
}
