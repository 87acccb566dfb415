package dev.coldstart.it.app;

import io.pinecone.clients.Pinecone;
import java.util.Map;
import org.openapitools.db_control.client.model.DeletionProtection;

/** Creates an index, as the client of this version does. */
final class PineconeIndex {
  private PineconeIndex() {}

  static void create(Pinecone client, String name) {
    client.createServerlessIndex(name, "cosine", 2, "aws", "us-east-1", DeletionProtection.DISABLED, Map.of());
  }
}
