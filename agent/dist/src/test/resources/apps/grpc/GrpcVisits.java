package dev.coldstart.it.app;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Visits with a gRPC channel for each URL. Without arguments it is the server. */
public final class GrpcVisits extends Visits {
  private static final MethodDescriptor<String, String> VISIT =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("test.Visits/visit")
          .setRequestMarshaller(new GrpcApp.Text())
          .setResponseMarshaller(new GrpcApp.Text())
          .build();

  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  @Override
  public void prepare(Scenes scenes, String[] args) {
    super.prepare(scenes, args);
    if (args.length == 0) {
      ServerServiceDefinition service =
          ServerServiceDefinition.builder("test.Visits")
              .addMethod(VISIT, ServerCalls.asyncUnaryCall(GrpcVisits::answer))
              .build();
      try {
        Work.say("grpc=" + ServerBuilder.forPort(0).addService(service).build().start().getPort());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  protected String get(String url) {
    ManagedChannel channel =
        channels.computeIfAbsent(
            url,
            key -> {
              URI uri = URI.create(key);
              return ManagedChannelBuilder.forAddress(uri.getHost(), uri.getPort())
                  .usePlaintext()
                  .build();
            });
    return ClientCalls.blockingUnaryCall(channel, VISIT, CallOptions.DEFAULT, "x");
  }

  private static void answer(String request, StreamObserver<String> responses) {
    responses.onNext("visited");
    responses.onCompleted();
  }
}
