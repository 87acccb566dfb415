package dev.coldstart.it.app;

import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.beans.factory.InitializingBean;

/** A vector store of Spring AI, new, used first, and used again. */
abstract class SpringStoreScenes implements Scenes.App {
  private final String path;
  private VectorStore store;

  SpringStoreScenes() {
    this("");
  }

  /** The scenes are below a path. */
  SpringStoreScenes(String path) {
    this.path = path;
  }

  /**
   * Makes a store.
   *
   * @param index the name of what is searched: "handbook" is there
   */
  abstract VectorStore store(String index, EmbeddingModel embedding) throws Exception;

  @Override
  public final void prepare(Scenes scenes, String[] args) {
    begin(args);
    scenes.add(
        path + "/new",
        out -> {
          store = prepared("not_there_yet");
          store.add(List.of(new Document("Hello")));
          search();
        });
    scenes.add(
        path + "/first",
        out -> {
          store = prepared("handbook");
          search();
        });
    scenes.add(path + "/again", out -> search());
  }

  /** What the app's arguments are. */
  abstract void begin(String[] args);

  /** As Spring's container makes it. */
  private VectorStore prepared(String index) throws Exception {
    VectorStore made = store(index, new Fixed());
    if (made instanceof InitializingBean bean) {
      bean.afterPropertiesSet();
    }
    return made;
  }

  private void search() {
    store.similaritySearch(SearchRequest.builder().query("Hello").topK(1).build());
  }

  /** A model that has the same vector for every text. */
  private static final class Fixed implements EmbeddingModel {
    private static final float[] VECTOR = {0.6f, 0.8f};

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
      return new EmbeddingResponse(
          request.getInstructions().stream().map(text -> new Embedding(VECTOR, 0)).toList());
    }

    @Override
    public float[] embed(Document document) {
      return VECTOR;
    }
  }
}
