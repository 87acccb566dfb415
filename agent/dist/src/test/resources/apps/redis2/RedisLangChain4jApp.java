package dev.coldstart.it.app;

import dev.langchain4j.community.store.embedding.redis.RedisEmbeddingStore;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;

/** LangChain4j's Redis store. Arguments: port, password. */
public final class RedisLangChain4jApp extends LangChain4jStoreScenes {
  private String[] args;

  @Override
  void begin(String[] args) {
    this.args = args;
  }

  @Override
  EmbeddingStore<TextSegment> store(String index) {
    JedisPooled client =
        new JedisPooled(
            new HostAndPort("127.0.0.1", Integer.parseInt(args[0])),
            DefaultJedisClientConfig.builder().password(args[1]).build());
    return RedisEmbeddingStore.builder()
        .unifiedJedis(client)
        .indexName(index)
        .prefix(index + ":")
        .dimension(2)
        .build();
  }
}
