package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The Redis stores of LangChain4j and Spring AI, both over Jedis and Redis' query engine. They look
 * for their index and create it as they are made, LangChain4j in the constructor, Spring AI in
 * {@code afterPropertiesSet}, for which it asks the embedding model for its dimensions. Jedis tells
 * the commands and the connection.
 */
public final class RedisStores implements Library {
  private static final VectorStore STORE = new VectorStore("redis");

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public String testedVersions() {
    return "langchain4j-community-redis 1.13.0-beta23, spring-ai-redis-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes =
        new ArrayList<>(
            STORE.langChain4j(
                "dev.langchain4j.community.store.embedding.redis.RedisEmbeddingStore"));
    probes.addAll(STORE.springAi("org.springframework.ai.vectorstore.redis.RedisVectorStore"));
    return probes;
  }
}
