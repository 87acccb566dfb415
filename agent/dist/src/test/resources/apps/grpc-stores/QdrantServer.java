package dev.coldstart.it.app;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchPoints;
import io.qdrant.client.grpc.Points.SearchResponse;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.util.Set;

/** Stands in for Qdrant, with its own services. It knows one collection, "handbook". */
public final class QdrantServer extends GrpcStandIn {
  private static final ScoredPoint FOUND =
      ScoredPoint.newBuilder()
          .setId(PointId.newBuilder().setUuid("11111111-2222-3333-4444-555555555555"))
          .setScore(0.9f)
          .setVectors(VectorsOutput.newBuilder().setVector(vector()))
          .putPayload("text_segment", text())
          .putPayload("doc_content", text())
          .build();

  public QdrantServer(String[] args) throws Exception {
    super(
        args,
        "api-key",
        Set.of("Query", "Search", "Upsert"),
        new Health(),
        new Collections(),
        new Points());
  }

  /** In both of its forms: clients before 1.16 know but one of them. */
  private static VectorOutput vector() {
    DenseVector dense = DenseVector.newBuilder().addData(0.6f).addData(0.8f).build();
    return VectorOutput.newBuilder().addAllData(dense.getDataList()).setDense(dense).build();
  }

  private static Value text() {
    return Value.newBuilder().setStringValue("Text").build();
  }

  private static <T> void answer(StreamObserver<T> caller, T answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }

  private static final class Health extends QdrantGrpc.QdrantImplBase {
    @Override
    public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> caller) {
      answer(caller, HealthCheckReply.newBuilder().setVersion("1.16.0").build());
    }
  }

  private static final class Collections extends CollectionsGrpc.CollectionsImplBase {
    @Override
    public void list(
        ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> caller) {
      CollectionDescription known = CollectionDescription.newBuilder().setName("handbook").build();
      answer(caller, ListCollectionsResponse.newBuilder().addCollections(known).build());
    }

    @Override
    public void collectionExists(
        CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> caller) {
      boolean known = request.getCollectionName().equals("handbook");
      CollectionExists exists = CollectionExists.newBuilder().setExists(known).build();
      answer(caller, CollectionExistsResponse.newBuilder().setResult(exists).build());
    }

    @Override
    public void create(
        CreateCollection request, StreamObserver<CollectionOperationResponse> caller) {
      answer(caller, CollectionOperationResponse.newBuilder().setResult(true).build());
    }
  }

  private static final class Points extends PointsGrpc.PointsImplBase {
    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> caller) {
      answer(caller, PointsOperationResponse.getDefaultInstance());
    }

    @Override
    public void query(QueryPoints request, StreamObserver<QueryResponse> caller) {
      answer(caller, QueryResponse.newBuilder().addResult(FOUND).build());
    }

    @Override
    public void search(SearchPoints request, StreamObserver<SearchResponse> caller) {
      answer(caller, SearchResponse.newBuilder().addResult(FOUND).build());
    }
  }
}
