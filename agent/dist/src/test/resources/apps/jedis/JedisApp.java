package dev.coldstart.it.app;

import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

/** Vector sets of Redis by Jedis and its pool. Arguments: port, password. */
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
    return JedisClients.of(
        Integer.parseInt(args[0]), DefaultJedisClientConfig.builder().password(args[1]).build());
  }
}
