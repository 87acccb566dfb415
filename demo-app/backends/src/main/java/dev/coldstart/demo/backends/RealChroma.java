package dev.coldstart.demo.backends;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/** A real Chroma server in the stand-in's place: gets the same documents, has no injected delay. */
final class RealChroma {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  private final String url;
  private final HttpClient http = HttpClient.newHttpClient();

  RealChroma(String url) {
    this.url = url;
  }

  /** Makes the collection and fills it. */
  void fill() throws IOException, InterruptedException {
    String id =
        StandInServer.JSON
            .readTree(
                post(
                    COLLECTIONS,
                    Map.of(
                        "name",
                        Knowledge.COLLECTION,
                        "get_or_create",
                        true,
                        "metadata",
                        Map.of("hnsw:space", "cosine"))))
            .path("id")
            .asText();
    VectorCollection documents = new VectorCollection(Knowledge.COLLECTION, Map.of());
    Knowledge.fill(documents);
    List<VectorCollection.Item> items = documents.all();
    post(
        COLLECTIONS + "/" + id + "/upsert",
        Map.of(
            "ids", items.stream().map(VectorCollection.Item::id).toList(),
            "embeddings", items.stream().map(VectorCollection.Item::embedding).toList(),
            "documents", items.stream().map(VectorCollection.Item::document).toList(),
            "metadatas", items.stream().map(VectorCollection.Item::metadata).toList()));
  }

  private String post(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(StandInServer.JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException("Chroma answered " + response.statusCode() + " to " + path);
    }
    return response.body();
  }
}
