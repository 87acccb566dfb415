package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coldstart.demo.backends.VectorCollection.Item;
import dev.coldstart.demo.backends.VectorCollection.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Chroma's columnar JSON: parallel arrays of ids, embeddings, documents and metadatas. */
final class ChromaJson {
  private ChromaJson() {}

  static List<Item> readItems(JsonNode request) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < request.path("ids").size(); i++) {
      JsonNode metadata = request.path("metadatas").path(i);
      items.add(
          new Item(
              request.path("ids").path(i).asText(),
              vector(request.path("embeddings").path(i)),
              request.path("documents").path(i).asText(null),
              metadata.isObject()
                  ? StandInServer.JSON.convertValue(metadata, StandInServer.MAP)
                  : null));
    }
    return items;
  }

  static Map<String, Object> items(List<Item> items) {
    return columns(items, Function.identity());
  }

  /** The answer to a query: the same columns once more per query vector, and the distances. */
  static Map<String, Object> matches(VectorCollection collection, JsonNode request) {
    int limit = request.path("n_results").asInt(10);
    Map<String, List<Object>> perQuery = new HashMap<>();
    for (JsonNode query : request.path("query_embeddings")) {
      List<Match> matches = collection.nearest(vector(query), limit);
      Map<String, Object> columns = new HashMap<>(columns(matches, Match::item));
      columns.put("distances", matches.stream().map(Match::distance).toList());
      columns.forEach((k, v) -> perQuery.computeIfAbsent(k, key -> new ArrayList<>()).add(v));
    }
    return Map.copyOf(perQuery);
  }

  private static <T> Map<String, Object> columns(List<T> rows, Function<T, Item> item) {
    List<Item> items = rows.stream().map(item).toList();
    return Map.of(
        "ids", items.stream().map(Item::id).toList(),
        "embeddings", items.stream().map(Item::embedding).toList(),
        // Not toList(): a document or its metadata may be null.
        "documents", column(items, Item::document),
        "metadatas", column(items, Item::metadata));
  }

  private static List<Object> column(List<Item> items, Function<Item, Object> value) {
    List<Object> column = new ArrayList<>();
    items.forEach(item -> column.add(value.apply(item)));
    return column;
  }

  private static float[] vector(JsonNode array) {
    float[] vector = new float[array.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = array.path(i).floatValue();
    }
    return vector;
  }
}
