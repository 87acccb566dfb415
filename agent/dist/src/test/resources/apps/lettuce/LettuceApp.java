package dev.coldstart.it.app;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Vector sets of Redis in each of the ways of Lettuce. Arguments: port, password. */
public final class LettuceApp implements Scenes.App {
  private static final Double[] VECTOR = {0.6, 0.8};

  private RedisURI uri;

  /** A way to ask for what is nearest. */
  private interface Way {
    List<String> nearest(StatefulRedisConnection<String, String> to, String key) throws Exception;
  }

  @Override
  public void prepare(Scenes scenes, String[] args) {
    uri =
        RedisURI.Builder.redis("127.0.0.1", Integer.parseInt(args[0]))
            .withPassword(args[1].toCharArray())
            .build();
    add(scenes, "/sync", (to, key) -> to.sync().vsim(key, VECTOR));
    add(scenes, "/async", (to, key) -> to.async().vsim(key, VECTOR).get(9, TimeUnit.SECONDS));
    add(scenes, "/reactive", (to, key) -> to.reactive().vsim(key, VECTOR).collectList().block());
    add(scenes, "/named", LettuceApp::byName);
    scenes.add(
        "/plain",
        out -> {
          RedisClient client = RedisClient.create(uri);
          try (StatefulRedisConnection<String, String> to = client.connect()) {
            to.sync().set("plain", "value");
            out.write(to.async().get("plain").get(9, TimeUnit.SECONDS));
          } finally {
            client.shutdown(0, 0, TimeUnit.SECONDS);
          }
        });
  }

  private void add(Scenes scenes, String path, Way way) {
    StoreScenes.add(
        scenes,
        path,
        (index, create) -> {
          StatefulRedisConnection<String, String> to =
              path.equals("/async") ? connectAsync() : RedisClient.create(uri).connect();
          if (create) {
            to.sync().del(index);
            to.sync().vadd(index, "Hello", VECTOR);
          }
          return () -> {
            List<String> found = way.nearest(to, index);
            if (create != found.equals(List.of("Hello"))) {
              throw new IllegalStateException("found " + found);
            }
          };
        });
  }

  private StatefulRedisConnection<String, String> connectAsync() throws Exception {
    return RedisClient.create()
        .connectAsync(StringCodec.UTF8, uri)
        .toCompletableFuture()
        .get(9, TimeUnit.SECONDS);
  }

  /** As with a version that has no method for the command. */
  private static List<String> byName(StatefulRedisConnection<String, String> to, String key) {
    CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8).addKey(key);
    args.add("VALUES").add(VECTOR.length);
    for (double number : VECTOR) {
      args.add(number);
    }
    return to.sync().dispatch(new Named(), new ValueListOutput<>(StringCodec.UTF8), args);
  }

  private static final class Named implements ProtocolKeyword {
    @Override
    public byte[] getBytes() {
      return "VSIM".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
      return "VSIM";
    }
  }
}
