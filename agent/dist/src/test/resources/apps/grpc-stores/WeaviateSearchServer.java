package dev.coldstart.it.app;

import io.grpc.stub.StreamObserver;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateGrpc;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoBatch.BatchObjectsReply;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoBatch.BatchObjectsRequest;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoSearchGet.MetadataResult;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoSearchGet.PropertiesResult;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoSearchGet.SearchReply;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoSearchGet.SearchRequest;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoSearchGet.SearchResult;
import java.util.Set;

/** Stands in for the gRPC half of Weaviate, which searches and stores, with its own service. */
public final class WeaviateSearchServer extends GrpcStandIn {
  public WeaviateSearchServer(String[] args) throws Exception {
    super(args, "authorization", Set.of("Search", "BatchObjects"), new Weaviate());
  }

  private static final class Weaviate extends WeaviateGrpc.WeaviateImplBase {
    @Override
    public void search(SearchRequest request, StreamObserver<SearchReply> caller) {
      SearchResult found =
          SearchResult.newBuilder()
              .setProperties(PropertiesResult.getDefaultInstance())
              .setMetadata(
                  MetadataResult.newBuilder().setId("11111111-2222-3333-4444-555555555555"))
              .build();
      caller.onNext(SearchReply.newBuilder().addResults(found).build());
      caller.onCompleted();
    }

    @Override
    public void batchObjects(
        BatchObjectsRequest request, StreamObserver<BatchObjectsReply> caller) {
      caller.onNext(BatchObjectsReply.getDefaultInstance());
      caller.onCompleted();
    }
  }
}
