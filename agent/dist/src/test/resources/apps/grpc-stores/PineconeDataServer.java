package dev.coldstart.it.app;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.stub.StreamObserver;
import io.pinecone.proto.QueryRequest;
import io.pinecone.proto.QueryResponse;
import io.pinecone.proto.ScoredVector;
import io.pinecone.proto.UpsertRequest;
import io.pinecone.proto.UpsertResponse;
import io.pinecone.proto.VectorServiceGrpc;
import java.util.Set;

/** Stands in for the data plane of Pinecone, with its own service: an index of one vector. */
public final class PineconeDataServer extends GrpcStandIn {
  public PineconeDataServer(String[] args) throws Exception {
    super(args, "api-key", Set.of("Query", "Upsert"), new Vectors());
  }

  private static final class Vectors extends VectorServiceGrpc.VectorServiceImplBase {
    @Override
    public void query(QueryRequest request, StreamObserver<QueryResponse> caller) {
      Value text = Value.newBuilder().setStringValue("Text").build();
      ScoredVector found =
          ScoredVector.newBuilder()
              .setId("1")
              .setScore(0.9f)
              .addValues(0.6f)
              .addValues(0.8f)
              .setMetadata(
                  Struct.newBuilder()
                      .putFields("text_segment", text)
                      .putFields("document_content", text))
              .build();
      caller.onNext(QueryResponse.newBuilder().addMatches(found).build());
      caller.onCompleted();
    }

    @Override
    public void upsert(UpsertRequest request, StreamObserver<UpsertResponse> caller) {
      caller.onNext(UpsertResponse.newBuilder().setUpsertedCount(1).build());
      caller.onCompleted();
    }
  }
}
