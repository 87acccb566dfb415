package dev.coldstart.it.app;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.SearchIndexModel;
import java.util.List;
import org.bson.Document;

/** MongoDB's driver. Arguments: see {@link Unusable}. */
public final class MongoApp implements Scenes.App {
  private MongoCollection<Document> collection;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/new",
        out -> {
          collection = collection(MongoClientFor.port(args[0], 20), "not_there_yet");
          collection.createSearchIndexes(
              List.of(new SearchIndexModel("vector_index", new Document("mappings", new Document()))));
          search(collection);
        });
    scenes.add(
        "/first",
        out -> {
          collection = collection(MongoClientFor.port(args[0], 20), "handbook");
          search(collection);
        });
    scenes.add("/again", out -> search(collection));
    // No vector store: a look-up by another client.
    scenes.add(
        "/plain",
        out -> {
          try (MongoClient client = MongoClientFor.port(args[0], 20)) {
            out.write("found " + collection(client, "handbook").find().first());
          }
        });
    Unusable.add(
        scenes,
        args,
        port -> {
          try (MongoClient client = MongoClientFor.port(port, 3)) {
            search(collection(client, "handbook"));
          }
        });
  }

  private static MongoCollection<Document> collection(MongoClient client, String name) {
    return client.getDatabase("test").getCollection(name);
  }

  private static void search(MongoCollection<Document> collection) {
    Document search =
        new Document("index", "vector_index")
            .append("path", "embedding")
            .append("queryVector", List.of(0.6, 0.8))
            .append("numCandidates", 1)
            .append("limit", 1);
    if (collection.aggregate(List.of(new Document("$vectorSearch", search))).first() == null) {
      throw new IllegalStateException("found nothing");
    }
  }
}
