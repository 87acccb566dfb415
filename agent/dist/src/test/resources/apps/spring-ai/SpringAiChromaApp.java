package dev.coldstart.it.app;

import java.util.List;
import org.springframework.ai.chroma.vectorstore.ChromaApi;
import org.springframework.ai.chroma.vectorstore.ChromaVectorStore;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

/** Spring AI's Chroma store. Arguments: URLs of Chroma and of a model server. */
public final class SpringAiChromaApp implements Scenes.App {
  private ChromaVectorStore store;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    OpenAiEmbeddingModel embedding =
        new OpenAiEmbeddingModel(
            SpringAiModels.api(args[1]),
            MetadataMode.EMBED,
            OpenAiEmbeddingOptions.builder().model("text-embedding-3-small").build());
    ChromaApi chroma = ChromaApi.builder().baseUrl(args[0]).build();
    scenes.add(
        "/new",
        out -> {
          store = store(chroma, embedding, "not-there-yet");
          store.add(List.of(new Document("Hello")));
          store.similaritySearch("Hello");
        });
    scenes.add(
        "/first",
        out -> {
          store = store(chroma, embedding, "handbook");
          store.similaritySearch("Hello");
        });
    scenes.add("/again", out -> store.similaritySearch("Hello"));
  }

  private static ChromaVectorStore store(
      ChromaApi chroma, OpenAiEmbeddingModel embedding, String collection) throws Exception {
    ChromaVectorStore store =
        ChromaVectorStore.builder(chroma, embedding)
            .tenantName("default_tenant")
            .databaseName("default_database")
            .collectionName(collection)
            .initializeSchema(true)
            .build();
    store.afterPropertiesSet();
    return store;
  }
}
