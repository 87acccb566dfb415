package dev.coldstart.it.app;

import javax.net.ssl.SSLContext;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

/** Visits a {@link RedisPlace} with Jedis. */
public final class JedisVisits extends Visits {
  private static final float[] VECTOR = {0.6f, 0.8f};

  private UnifiedJedis kept;

  @Override
  protected String get(String text) throws Exception {
    RedisPlace place = RedisPlace.of(text);
    if (place.keep()) {
      if (kept == null) {
        kept = client(place);
      }
      kept.vsim("nothing", VECTOR);
      return "visited";
    }
    try (UnifiedJedis client = client(place)) {
      if (place.database()) {
        client.set("plain", "value");
        client.get("plain");
      } else {
        client.vsim("nothing", VECTOR);
      }
      return "visited";
    }
  }

  private static UnifiedJedis client(RedisPlace place) throws Exception {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .password(place.password())
            .timeoutMillis(TIMEOUT_MILLIS);
    if (place.authority() != null) {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, place.trusted().getTrustManagers(), null);
      config.ssl(true).sslSocketFactory(tls.getSocketFactory());
    }
    return JedisClients.of(place.port(), config.build());
  }
}
