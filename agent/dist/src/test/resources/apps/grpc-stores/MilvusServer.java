package dev.coldstart.it.app;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.IDs;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.IndexState;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SearchRequest;
import io.milvus.grpc.SearchResultData;
import io.milvus.grpc.SearchResults;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.Status;
import io.milvus.grpc.StringArray;
import java.util.Set;

/** Stands in for Milvus, with its own service. It knows one collection, "handbook". */
public final class MilvusServer extends GrpcStandIn {
  private static final Status OK = Status.newBuilder().setCode(0).build();

  public MilvusServer(String[] args) throws Exception {
    super(args, "authorization", Set.of("Search", "Insert", "Flush"), new Service());
  }

  private static final class Service extends MilvusServiceGrpc.MilvusServiceImplBase {
    /** Of the collection that was created last. */
    private volatile CollectionSchema schema = CollectionSchema.getDefaultInstance();

    /** The field that an index was created for, if any was. */
    private volatile String indexed;

    @Override
    public void connect(ConnectRequest request, StreamObserver<ConnectResponse> caller) {
      answer(caller, ConnectResponse.newBuilder().setStatus(OK).setIdentifier(1).build());
    }

    @Override
    public void hasCollection(HasCollectionRequest request, StreamObserver<BoolResponse> caller) {
      boolean known = request.getCollectionName().equals("handbook");
      answer(caller, BoolResponse.newBuilder().setStatus(OK).setValue(known).build());
    }

    @Override
    public void describeCollection(
        DescribeCollectionRequest request, StreamObserver<DescribeCollectionResponse> caller) {
      answer(
          caller, DescribeCollectionResponse.newBuilder().setStatus(OK).setSchema(schema).build());
    }

    @Override
    public void createCollection(CreateCollectionRequest request, StreamObserver<Status> caller) {
      try {
        schema = CollectionSchema.parseFrom(request.getSchema());
        answer(caller, OK);
      } catch (InvalidProtocolBufferException e) {
        caller.onError(e);
      }
    }

    @Override
    public void createIndex(CreateIndexRequest request, StreamObserver<Status> caller) {
      indexed = request.getFieldName();
      answer(caller, OK);
    }

    @Override
    public void describeIndex(
        DescribeIndexRequest request, StreamObserver<DescribeIndexResponse> caller) {
      IndexDescription index =
          IndexDescription.newBuilder()
              .setIndexName("index")
              .setFieldName(indexed == null ? "vector" : indexed)
              .setState(IndexState.Finished)
              .build();
      boolean known = indexed != null || request.getCollectionName().equals("handbook");
      DescribeIndexResponse.Builder answer = DescribeIndexResponse.newBuilder();
      // 700: there is no such index.
      answer.setStatus(known ? OK : Status.newBuilder().setCode(700).build());
      answer(caller, known ? answer.addIndexDescriptions(index).build() : answer.build());
    }

    @Override
    public void loadCollection(LoadCollectionRequest request, StreamObserver<Status> caller) {
      answer(caller, OK);
    }

    @Override
    public void getLoadState(
        GetLoadStateRequest request, StreamObserver<GetLoadStateResponse> caller) {
      answer(
          caller,
          GetLoadStateResponse.newBuilder()
              .setStatus(OK)
              .setState(LoadState.LoadStateLoaded)
              .build());
    }

    @Override
    public void getLoadingProgress(
        GetLoadingProgressRequest request, StreamObserver<GetLoadingProgressResponse> caller) {
      answer(caller, GetLoadingProgressResponse.newBuilder().setStatus(OK).setProgress(100).build());
    }

    @Override
    public void showCollections(
        ShowCollectionsRequest request, StreamObserver<ShowCollectionsResponse> caller) {
      answer(
          caller,
          ShowCollectionsResponse.newBuilder()
              .setStatus(OK)
              .addAllCollectionNames(request.getCollectionNamesList())
              .addInMemoryPercentages(100)
              .build());
    }

    @Override
    public void insert(InsertRequest request, StreamObserver<MutationResult> caller) {
      answer(caller, MutationResult.newBuilder().setStatus(OK).setInsertCnt(1).build());
    }

    @Override
    public void flush(FlushRequest request, StreamObserver<FlushResponse> caller) {
      answer(caller, FlushResponse.newBuilder().setStatus(OK).build());
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResults> caller) {
      SearchResultData.Builder found =
          SearchResultData.newBuilder()
              .setNumQueries(1)
              .setTopK(1)
              .addTopks(1)
              .addScores(0.9f)
              .setIds(IDs.newBuilder().setStrId(StringArray.newBuilder().addData("1")));
      for (String name : request.getOutputFieldsList()) {
        found.addOutputFields(name).addFieldsData(data(name));
      }
      answer(caller, SearchResults.newBuilder().setStatus(OK).setResults(found).build());
    }

    private static FieldData data(String name) {
      boolean json = name.equals("metadata");
      ScalarField.Builder value = ScalarField.newBuilder();
      if (json) {
        value.setJsonData(
            JSONArray.newBuilder().addData(ByteString.copyFromUtf8("{}")));
      } else {
        value.setStringData(StringArray.newBuilder().addData("Text"));
      }
      return FieldData.newBuilder()
          .setFieldName(name)
          .setType(json ? DataType.JSON : DataType.VarChar)
          .setScalars(value)
          .build();
    }

    private static <T> void answer(StreamObserver<T> caller, T answer) {
      caller.onNext(answer);
      caller.onCompleted();
    }
  }
}
