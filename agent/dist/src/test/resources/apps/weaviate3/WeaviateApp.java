package dev.coldstart.it.app;

import io.weaviate.client6.v1.api.Authentication;
import io.weaviate.client6.v1.api.WeaviateClient;
import io.weaviate.client6.v1.api.WeaviateClientAsync;
import io.weaviate.client6.v1.api.collections.Vectors;
import io.weaviate.client6.v1.api.collections.WeaviateObject;
import java.util.List;
import java.util.Map;

/**
 * Weaviate's client of version 6, the one that waits and the one that gives futures. Arguments:
 * ports for HTTP and gRPC, separated by a comma; then see {@link Unusable}.
 */
public final class WeaviateApp implements Scenes.App {
  private static final float[] VECTOR = {0.6f, 0.8f};

  private static final List<WeaviateObject<Map<String, Object>>> OBJECTS =
      List.of(
          WeaviateObject.of(
              object -> object.properties(Map.of("text", "Hello")).vectors(Vectors.of(VECTOR))));

  @Override
  public void prepare(Scenes scenes, String[] args) {
    StoreScenes.add(scenes, "/client", (index, create) -> open(client(args[0], 20), name(index)));
    StoreScenes.add(
        scenes, "/async", (index, create) -> open(client(args[0], 20).async(), name(index)));
    Unusable.add(scenes, args, ports -> open(client(ports, 2), "Handbook").run());
  }

  /** Collections begin with a capital letter. */
  private static String name(String index) {
    return Character.toUpperCase(index.charAt(0)) + index.substring(1).replace('-', '_');
  }

  /** One port is for both. */
  private static WeaviateClient client(String ports, int seconds) {
    int comma = ports.indexOf(',');
    int rest = Integer.parseInt(comma < 0 ? ports : ports.substring(0, comma));
    int grpc = Integer.parseInt(ports.substring(comma + 1));
    return WeaviateClient.connectToLocal(
        config ->
            config
                .host("127.0.0.1")
                .port(rest)
                .grpcPort(grpc)
                .timeout(seconds)
                .authentication(Authentication.apiKey("secret-word")));
  }

  private static StoreScenes.Search open(WeaviateClient client, String name) throws Exception {
    if (!client.collections.exists(name)) {
      client.collections.create(name);
      client.collections.use(name).data.insertMany(OBJECTS);
    }
    return () -> client.collections.use(name).query.nearVector(VECTOR, q -> q.limit(1));
  }

  private static StoreScenes.Search open(WeaviateClientAsync client, String name)
      throws Exception {
    if (!client.collections.exists(name).get()) {
      client.collections.create(name).get();
      client.collections.use(name).data.insertMany(OBJECTS).get();
    }
    return () -> client.collections.use(name).query.nearVector(VECTOR, q -> q.limit(1)).get();
  }
}
