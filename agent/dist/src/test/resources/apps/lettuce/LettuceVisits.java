package dev.coldstart.it.app;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Visits a {@link RedisPlace} with Lettuce. */
public final class LettuceVisits extends Visits {
  private StatefulRedisConnection<String, String> kept;

  @Override
  protected String get(String text) throws Exception {
    RedisPlace place = RedisPlace.of(text);
    if (place.keep()) {
      if (kept == null) {
        kept = client(place).connect();
      }
      return ask(kept);
    }
    RedisClient client = client(place);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().set("plain", "value");
      connection.sync().get("plain");
      return place.database() ? "visited" : ask(connection);
    } finally {
      client.shutdown(0, 0, TimeUnit.SECONDS);
    }
  }

  private static RedisClient client(RedisPlace place) throws Exception {
    RedisURI uri =
        RedisURI.Builder.redis("127.0.0.1", place.port())
            .withPassword(place.password().toCharArray())
            .withSsl(place.authority() != null)
            .withTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
            .build();
    RedisClient client = RedisClient.create(uri);
    if (place.authority() != null) {
      client.setOptions(
          ClientOptions.builder()
              .sslOptions(SslOptions.builder().trustManager(place.trusted()).build())
              .build());
    }
    return client;
  }

  private static String ask(StatefulRedisConnection<String, String> connection) {
    connection.sync().vsim("nothing", 0.6, 0.8);
    return "visited";
  }
}
