package dev.coldstart.it.app;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.vector.request.SearchReq;

/** The newer client of Milvus. Arguments: see {@link Unusable}. */
public final class MilvusV2App implements Scenes.App {
  private MilvusClientV2 client;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/new",
        out -> {
          client = client(args[0], 20);
          if (!has("not_there_yet")) {
            client.createCollection(
                CreateCollectionReq.builder()
                    .collectionName("not_there_yet")
                    .dimension(2)
                    .build());
          }
          search(client);
        });
    scenes.add(
        "/first",
        out -> {
          client = client(args[0], 20);
          if (has("handbook")) {
            search(client);
          }
        });
    scenes.add("/again", out -> search(client));
    Unusable.add(scenes, args, port -> search(client(port, 3)));
  }

  private static MilvusClientV2 client(String at, int seconds) {
    boolean tls = at.startsWith("tls:");
    return new MilvusClientV2(
        ConnectConfig.builder()
            .uri((tls ? "https" : "http") + "://127.0.0.1:" + at.substring(at.indexOf(':') + 1))
            .secure(tls)
            .username("user")
            .password("secret-word")
            .connectTimeoutMs(seconds * 1000)
            .rpcDeadlineMs(seconds * 1000)
            .build());
  }

  private boolean has(String collection) {
    return client.hasCollection(HasCollectionReq.builder().collectionName(collection).build());
  }

  private static void search(MilvusClientV2 client) {
    client.search(
        SearchReq.builder()
            .collectionName("handbook")
            .annsField("vector")
            .topK(1)
            .data(MilvusVector.of(0.6f, 0.8f))
            .build());
  }
}
