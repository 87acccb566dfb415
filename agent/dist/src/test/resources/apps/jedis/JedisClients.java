package dev.coldstart.it.app;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;

/** Clients of Jedis with a pool, as its major versions make them. */
final class JedisClients {
  private JedisClients() {}

  static UnifiedJedis of(int port, JedisClientConfig config) {
    return new JedisPooled(new HostAndPort("127.0.0.1", port), config);
  }
}
