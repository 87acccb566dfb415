package dev.coldstart.it.app;

import io.pinecone.clients.Pinecone;
import java.util.Map;

/** Creates an index, as the client of this version does. */
final class PineconeIndex {
  private PineconeIndex() {}

  static void create(Pinecone client, String name) {
    client.createServerlessIndex(name, "cosine", 2, "aws", "us-east-1", "disabled", Map.of());
  }
}
