package dev.coldstart.it.app;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.redis.RedisVectorStore;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;

/** Spring AI's Redis store. Arguments: port, password. */
public final class RedisSpringApp extends SpringStoreScenes {
  private String[] args;

  @Override
  void begin(String[] args) {
    this.args = args;
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    JedisPooled client =
        new JedisPooled(
            new HostAndPort("127.0.0.1", Integer.parseInt(args[0])),
            DefaultJedisClientConfig.builder().password(args[1]).build());
    return RedisVectorStore.builder(client, embedding)
        .indexName(index)
        .prefix(index + ":")
        .initializeSchema(true)
        .build();
  }
}
