package dev.coldstart.it.app;

import static io.qdrant.client.QueryFactory.nearest;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Points.QueryPoints;
import java.time.Duration;

/** Qdrant's client. Arguments: see {@link Unusable}. */
public final class QdrantApp implements Scenes.App {
  private QdrantClient client;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/new",
        out -> {
          client = client(args[0], true);
          if (!client.collectionExistsAsync("not_there_yet").get()) {
            VectorParams vectors =
                VectorParams.newBuilder().setDistance(Distance.Cosine).setSize(2).build();
            client.createCollectionAsync("not_there_yet", vectors).get();
          }
          search(client);
        });
    scenes.add(
        "/first",
        out -> {
          client = client(args[0], false);
          if (client.collectionExistsAsync("handbook").get()) {
            search(client);
          }
        });
    scenes.add("/again", out -> search(client));
    Unusable.add(scenes, args, port -> search(client(port, false)));
  }

  private static QdrantClient client(String at, boolean askVersion) {
    boolean tls = at.startsWith("tls:");
    int port = Integer.parseInt(at.substring(at.indexOf(':') + 1));
    return new QdrantClient(
        QdrantGrpcClient.newBuilder("127.0.0.1", port, tls, askVersion)
            .withTimeout(Duration.ofSeconds(5))
            .withApiKey("secret-word")
            .build());
  }

  private static void search(QdrantClient client) throws Exception {
    QueryPoints query =
        QueryPoints.newBuilder()
            .setCollectionName("handbook")
            .setQuery(nearest(0.6f, 0.8f))
            .setLimit(1)
            .build();
    if (client.queryAsync(query).get().size() != 1) {
      throw new IllegalStateException("found nothing");
    }
  }
}
