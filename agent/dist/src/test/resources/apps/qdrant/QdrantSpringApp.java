package dev.coldstart.it.app;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.qdrant.QdrantVectorStore;

/** Spring AI's Qdrant store. Argument: the server's port. */
public final class QdrantSpringApp extends SpringStoreScenes {
  private int port;

  @Override
  void begin(String[] args) {
    port = Integer.parseInt(args[0]);
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    QdrantClient client =
        new QdrantClient(QdrantGrpcClient.newBuilder("127.0.0.1", port, false).build());
    return QdrantVectorStore.builder(client, embedding)
        .collectionName(index)
        .initializeSchema(true)
        .build();
  }
}
