package dev.coldstart.it.app;

import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

/** Vector sets of Redis by Jedis and its pool. Arguments: port, "tls:port" for TLS, and password. */
public final class JedisApp implements Scenes.App {
  private static final float[] VECTOR = {0.6f, 0.8f};

  private UnifiedJedis client;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/new",
        out -> {
          client = client(args);
          client.del("not_there_yet");
          client.vadd("not_there_yet", VECTOR, "Hello");
          if (!client.vsim("not_there_yet", VECTOR).equals(List.of("Hello"))) {
            throw new IllegalStateException("found something else");
          }
        });
    scenes.add(
        "/first",
        out -> {
          client = client(args);
          client.vsim("handbook", VECTOR);
        });
    scenes.add("/again", out -> client.vsim("handbook", VECTOR));
  }

  private static UnifiedJedis client(String[] args) {
    boolean tls = args[0].startsWith("tls:");
    int port = Integer.parseInt(args[0].substring(args[0].indexOf(':') + 1));
    return JedisClients.of(
        port, DefaultJedisClientConfig.builder().password(args[1]).ssl(tls).build());
  }
}
