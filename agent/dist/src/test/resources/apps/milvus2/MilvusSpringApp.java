package dev.coldstart.it.app;

import io.milvus.client.MilvusServiceClient;
import io.milvus.param.ConnectParam;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.milvus.MilvusVectorStore;

/** Spring AI's Milvus store. Argument: the server's port. */
public final class MilvusSpringApp extends SpringStoreScenes {
  private int port;

  @Override
  void begin(String[] args) {
    port = Integer.parseInt(args[0]);
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    MilvusServiceClient client =
        new MilvusServiceClient(
            ConnectParam.newBuilder().withHost("127.0.0.1").withPort(port).build());
    return MilvusVectorStore.builder(client, embedding)
        .collectionName(index)
        .initializeSchema(true)
        .build();
  }
}
