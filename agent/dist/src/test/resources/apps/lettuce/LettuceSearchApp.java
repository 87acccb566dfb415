package dev.coldstart.it.app;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.search.arguments.FieldArgs;
import io.lettuce.core.search.arguments.VectorFieldArgs;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Redis' query engine in each of the ways of Lettuce. Arguments: port, password. */
public final class LettuceSearchApp implements Scenes.App {
  private static final String NEAREST = "*=>[KNN 1 @vector $BLOB]";

  private RedisURI uri;

  /** A way to send commands. */
  private interface Way {
    void look(StatefulRedisConnection<String, String> to) throws Exception;

    void create(StatefulRedisConnection<String, String> to, String index) throws Exception;

    void search(StatefulRedisConnection<String, String> to, String index) throws Exception;
  }

  @Override
  public void prepare(Scenes scenes, String[] args) {
    uri =
        RedisURI.Builder.redis("127.0.0.1", Integer.parseInt(args[0]))
            .withPassword(args[1].toCharArray())
            .build();
    add(scenes, "/sync", new Sync());
    add(scenes, "/async", new Async());
    add(scenes, "/reactive", new Reactive());
  }

  private void add(Scenes scenes, String path, Way way) {
    StoreScenes.add(
        scenes,
        path,
        (index, create) -> {
          RedisClient client = RedisClient.create(uri);
          client.setOptions(
              ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
          StatefulRedisConnection<String, String> to = client.connect();
          way.look(to);
          if (create) {
            way.create(to, index);
          }
          return () -> way.search(to, index);
        });
  }

  private static List<FieldArgs<String>> fields() {
    return List.of(
        VectorFieldArgs.<String>builder()
            .name("vector")
            .flat()
            .type(VectorFieldArgs.VectorType.FLOAT32)
            .dimensions(2)
            .distanceMetric(VectorFieldArgs.DistanceMetric.COSINE)
            .build());
  }

  private static final class Sync implements Way {
    @Override
    public void look(StatefulRedisConnection<String, String> to) {
      to.sync().ftList();
    }

    @Override
    public void create(StatefulRedisConnection<String, String> to, String index) {
      to.sync().ftCreate(index, fields());
    }

    @Override
    public void search(StatefulRedisConnection<String, String> to, String index) {
      to.sync().ftSearch(index, NEAREST);
    }
  }

  private static final class Async implements Way {
    @Override
    public void look(StatefulRedisConnection<String, String> to) throws Exception {
      to.async().ftList().get(9, TimeUnit.SECONDS);
    }

    @Override
    public void create(StatefulRedisConnection<String, String> to, String index)
        throws Exception {
      to.async().ftCreate(index, fields()).get(9, TimeUnit.SECONDS);
    }

    @Override
    public void search(StatefulRedisConnection<String, String> to, String index)
        throws Exception {
      to.async().ftSearch(index, NEAREST).get(9, TimeUnit.SECONDS);
    }
  }

  private static final class Reactive implements Way {
    @Override
    public void look(StatefulRedisConnection<String, String> to) {
      to.reactive().ftList().collectList().block();
    }

    @Override
    public void create(StatefulRedisConnection<String, String> to, String index) {
      to.reactive().ftCreate(index, fields()).block();
    }

    @Override
    public void search(StatefulRedisConnection<String, String> to, String index) {
      to.reactive().ftSearch(index, NEAREST).block();
    }
  }
}
