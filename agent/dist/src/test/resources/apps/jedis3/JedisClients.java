package dev.coldstart.it.app;

import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** Clients of Jedis 8 with a pool. */
final class JedisClients {
  private JedisClients() {}

  static UnifiedJedis of(int port, JedisClientConfig config) {
    return RedisClient.builder().hostAndPort("127.0.0.1", port).clientConfig(config).build();
  }
}
