package dev.coldstart.it.app;

import io.milvus.client.MilvusServiceClient;
import io.milvus.grpc.DataType;
import io.milvus.param.ConnectParam;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import io.milvus.param.R;
import io.milvus.param.collection.CreateCollectionParam;
import io.milvus.param.collection.FieldType;
import io.milvus.param.collection.HasCollectionParam;
import io.milvus.param.dml.SearchParam;
import io.milvus.param.index.CreateIndexParam;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The older client of Milvus. Arguments: see {@link Unusable}. */
public final class MilvusV1App implements Scenes.App {
  private MilvusServiceClient client;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/new",
        out -> {
          client = client(args[0], 20);
          if (!has("not_there_yet")) {
            create("not_there_yet");
          }
          done(client.search(query()));
        });
    scenes.add(
        "/first",
        out -> {
          client = client(args[0], 20);
          if (has("handbook")) {
            done(client.searchAsync(query()).get());
          }
        });
    scenes.add("/again", out -> done(client.search(query())));
    Unusable.add(scenes, args, port -> done(client(port, 3).search(query())));
  }

  private static MilvusServiceClient client(String at, int seconds) {
    return new MilvusServiceClient(
        ConnectParam.newBuilder()
            .withHost("127.0.0.1")
            .withPort(Integer.parseInt(at.substring(at.indexOf(':') + 1)))
            .withSecure(at.startsWith("tls:"))
            .withAuthorization("user", "secret-word")
            .withConnectTimeout(seconds, TimeUnit.SECONDS)
            .build());
  }

  private boolean has(String collection) {
    return done(
        client.hasCollection(
            HasCollectionParam.newBuilder().withCollectionName(collection).build()));
  }

  private void create(String collection) {
    FieldType id =
        FieldType.newBuilder().withName("id").withDataType(DataType.Int64).withPrimaryKey(true).build();
    FieldType vector =
        FieldType.newBuilder()
            .withName("vector")
            .withDataType(DataType.FloatVector)
            .withDimension(2)
            .build();
    done(
        client.createCollection(
            CreateCollectionParam.newBuilder()
                .withCollectionName(collection)
                .addFieldType(id)
                .addFieldType(vector)
                .build()));
    done(
        client.createIndex(
            CreateIndexParam.newBuilder()
                .withCollectionName(collection)
                .withFieldName("vector")
                .withIndexType(IndexType.FLAT)
                .withMetricType(MetricType.L2)
                .withSyncMode(false)
                .build()));
  }

  private static SearchParam query() {
    return SearchParam.newBuilder()
        .withCollectionName("handbook")
        .withVectorFieldName("vector")
        .withMetricType(MetricType.L2)
        .withTopK(1)
        .withVectors(List.of(List.of(0.6f, 0.8f)))
        .build();
  }

  /** It gives back what went wrong. */
  private static <T> T done(R<T> answer) {
    if (answer.getException() != null) {
      throw new IllegalStateException("failed", answer.getException());
    }
    return answer.getData();
  }
}
