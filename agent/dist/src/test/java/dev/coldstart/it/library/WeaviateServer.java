package dev.coldstart.it.library;

import java.io.IOException;

/**
 * Stands in for Weaviate, of which there is no server to run here: the part of its REST API
 * (OpenAPI description of /v1/meta, /v1/schema, /v1/batch/objects, /v1/graphql) that clients of
 * versions 4 and 5 use for a vector search, and that of version 6 before one. It knows one class.
 */
final class WeaviateServer extends StandIn {
  private static final String FOUND =
      """
      {"data":{"Get":{"%s":[{"text":"Text","_text":"Text","_metadata":null,"_additional":{\
      "id":"11111111-2222-3333-4444-555555555555","certainty":0.9,"vector":[0.6,0.8]},\
      "content":"Text","metadata":"{}"}]}}}""";

  private static final String META =
      """
      {"hostname":"n","version":"1.32.0","grpcMaxMessageSize":104858000,"modules":{}}""";

  private static final String ADDED =
      """
      [{"class":"Handbook","id":"11111111-2222-3333-4444-555555555555",\
      "result":{"status":"SUCCESS"}}]""";

  WeaviateServer() throws IOException {}

  WeaviateServer(String key) throws IOException {
    super(key);
  }

  @Override
  Answer answer(String method, String path, String body) {
    if (path.equals("/v1/meta")) {
      return Answer.connecting(200, META);
    }
    if (path.equals("/v1/.well-known/live")) {
      return Answer.connecting(200, "");
    }
    if (path.equals("/v1/graphql")) {
      return Answer.query(FOUND.formatted(body.contains("Handbook") ? "Handbook" : named(body)));
    }
    if (path.equals("/v1/batch/objects")) {
      return Answer.query(ADDED);
    }
    boolean there = method.equals("POST") || path.endsWith("/Handbook");
    return Answer.connecting(there ? 200 : 404, there ? "{\"class\":\"Handbook\"}" : "");
  }

  /** The class that a query names. */
  private static String named(String body) {
    int begin = body.indexOf("Not_there_yet");
    int end = begin;
    while (end >= 0 && Character.isJavaIdentifierPart(body.charAt(end))) {
      end++;
    }
    return begin < 0 ? "" : body.substring(begin, end);
  }
}
