package dev.coldstart.it.library;

import java.io.IOException;

/**
 * Stands in for Chroma: the part of its HTTP API v2 that the stores use before and in a search. It
 * knows one collection, "handbook".
 */
final class ChromaServer extends StandIn {
  private static final String COLLECTION =
      """
      {"id":"11111111-2222-3333-4444-555555555555","name":"%s","metadata":{},"dimension":2,\
      "tenant":"default_tenant","database":"default_database"}""";

  private static final String MATCH =
      """
      {"ids":[["1"]],"embeddings":[[[0.6,0.8]]],"documents":[["Text"]],"metadatas":[[{"a":"b"}]],\
      "distances":[[0.1]]}""";

  ChromaServer() throws IOException {}

  ChromaServer(String key) throws IOException {
    super(key);
  }

  @Override
  Answer answer(String method, String path, String body) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (last.equals("query")) {
      return Answer.query(MATCH);
    }
    if (last.equals("add") || last.equals("upsert")) {
      return Answer.query("true");
    }
    if (method.equals("POST") || last.equals("handbook")) {
      return Answer.connecting(200, COLLECTION.formatted("handbook"));
    }
    if (path.contains("/collections/")) {
      String error = "{\"error\":\"NotFoundError\",\"message\":\"no such collection\"}";
      return Answer.connecting(404, error);
    }
    return Answer.connecting(200, "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(last, last));
  }
}
