package dev.coldstart.it.app;

import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SimpleVectorStore;

/** Searches of a store that the agent knows only as one of Spring AI's. Argument: a model's URL. */
public final class SpringAiStoreApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    SimpleVectorStore store =
        SimpleVectorStore.builder(SpringAiModels.embedding(args[0])).build();
    store.add(List.of(new Document("a page of the handbook")));
    scenes.add("/search", out -> out.write("" + store.similaritySearch("handbook").size()));
  }
}
