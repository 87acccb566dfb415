package dev.coldstart.it.app;

import java.net.InetSocketAddress;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.cassandra.CassandraVectorStore;

/** Spring AI's store in Cassandra. Argument: the server's port. */
public final class CassandraSpringApp extends SpringStoreScenes {
  private String port;

  @Override
  void begin(String[] args) {
    port = args[0];
    CassandraDriver.set(20);
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    return CassandraVectorStore.builder(embedding)
        .contactPoint(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)))
        .localDatacenter("dc1")
        .keyspace("test")
        .table(index)
        .initializeSchema(!index.equals("handbook"))
        .build();
  }
}
