package dev.coldstart.it.app;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A gRPC service of texts, and a client that calls it: unary, streamed, later, until it goes. */
public final class GrpcApp implements Messages.App {
  private static final String SERVICE = "test.Agent";

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private Channel channel;

  @Override
  public void start() throws Exception {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(method("orders", MethodType.UNARY), unary())
            .addMethod(method("parallel", MethodType.UNARY), unary())
            .addMethod(method("later", MethodType.UNARY), later())
            .addMethod(
                method("stream", MethodType.SERVER_STREAMING),
                ServerCalls.asyncServerStreamingCall(GrpcApp::stream))
            .build();
    Server server = ServerBuilder.forPort(0).addService(service).build().start();
    Metadata headers = new Metadata();
    headers.put(key("traceparent"), Messages.TRACEPARENT);
    headers.put(key("authorization"), "s3cr3t-bearer");
    ManagedChannel connected =
        ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    channel =
        ClientInterceptors.intercept(
            connected, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static ServerCallHandler<String, String> unary() {
    return ServerCalls.asyncUnaryCall(
        (text, answer) -> {
          Messages.handle(text);
          answer.onNext(text);
          answer.onCompleted();
        });
  }

  private static ServerCallHandler<String, String> later() {
    return ServerCalls.asyncUnaryCall(
        (text, answer) -> {
          var unused =
              Messages.handleLater(text)
                  .whenComplete(
                      (done, thrown) -> {
                        if (thrown != null) {
                          answer.onError(thrown);
                        } else {
                          answer.onNext(done);
                          answer.onCompleted();
                        }
                      });
        });
  }

  private static void stream(String text, StreamObserver<String> answer) {
    if (text.endsWith("/endless")) {
      Work.connect(text);
      ServerCallStreamObserver<String> call = (ServerCallStreamObserver<String>) answer;
      while (!call.isCancelled()) {
        answer.onNext("more");
        pause();
      }
      Messages.done(text);
      return;
    }
    // Bytes before the first word.
    answer.onNext("");
    Messages.stream(text, answer::onNext);
    answer.onCompleted();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void send(String queue, String text) {
    clients.execute(
        () -> {
          try {
            call(queue, text);
          } catch (StatusRuntimeException e) {
            // What the service's exceptions become.
          }
        });
  }

  private void call(String queue, String text) {
    if (!queue.equals("stream")) {
      ClientCalls.blockingUnaryCall(
          channel, method(queue, MethodType.UNARY), CallOptions.DEFAULT, text);
      return;
    }
    boolean endless = text.endsWith("/endless");
    CallOptions options =
        endless
            ? CallOptions.DEFAULT.withDeadlineAfter(500, TimeUnit.MILLISECONDS)
            : CallOptions.DEFAULT;
    Iterator<String> words =
        ClientCalls.blockingServerStreamingCall(
            channel, method(queue, MethodType.SERVER_STREAMING), options, text);
    while (words.hasNext()) {
      words.next();
    }
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(SERVICE + "/" + name)
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  /** Plain text as a message. */
  static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream in) {
      try {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
