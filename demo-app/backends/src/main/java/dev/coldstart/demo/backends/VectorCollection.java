package dev.coldstart.demo.backends;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One collection of the vector-store stand-in: all of it in memory, searched by brute force. */
final class VectorCollection {
  private final String id = UUID.randomUUID().toString();
  private final String name;
  private final Map<String, Object> metadata;
  private final Map<String, Item> items = new LinkedHashMap<>();

  VectorCollection(String name, Map<String, Object> metadata) {
    this.name = name;
    this.metadata = metadata;
  }

  /** A stored document, never compared; everything but id and embedding may be null. */
  @SuppressWarnings("ArrayRecordComponent")
  record Item(String id, float[] embedding, String document, Map<String, Object> metadata) {}

  /** An item and its cosine distance from the query. */
  record Match(Item item, double distance) {}

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  Map<String, Object> metadata() {
    return metadata;
  }

  synchronized void put(Item item, boolean overwrite) {
    if (overwrite) {
      items.put(item.id(), item);
    } else {
      items.putIfAbsent(item.id(), item);
    }
  }

  synchronized void remove(List<String> ids) {
    items.keySet().removeAll(ids);
  }

  synchronized List<Item> all() {
    return List.copyOf(items.values());
  }

  List<Match> nearest(float[] query, int limit) {
    double queryLength = Math.sqrt(WordEmbedding.dot(query, query));
    return all().stream()
        .filter(item -> item.embedding().length == query.length)
        .map(item -> new Match(item, distance(item.embedding(), query, queryLength)))
        .sorted(Comparator.comparingDouble(Match::distance))
        .limit(limit)
        .toList();
  }

  private static double distance(float[] stored, float[] query, double queryLength) {
    double storedLength = Math.sqrt(WordEmbedding.dot(stored, stored));
    return 1 - WordEmbedding.dot(stored, query) / (storedLength * queryLength);
  }
}
