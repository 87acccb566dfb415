package dev.coldstart.it.app;

import io.grpc.BindableService;
import io.grpc.ForwardingServerCall;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;

/**
 * Stands in for a store's server: the vendor's own services, over gRPC. It takes its time for every
 * call, and keeps a log of them. Arguments: the password that each call must bring, "" for none;
 * then, for TLS, a key store of PKCS12 and its password.
 */
abstract class GrpcStandIn implements StoreServer {
  private static final long MILLIS = 8;

  private final Server server;
  private final Set<String> queries;
  private final List<Call> log = new CopyOnWriteArrayList<>();

  /**
   * Starts it.
   *
   * @param queries names of the methods that are queries, and no part of connecting
   * @param password the header that has the password
   */
  GrpcStandIn(String[] args, String password, Set<String> queries, BindableService... services)
      throws IOException {
    this.queries = queries;
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ServerBuilder<?> builder =
        io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.forAddress(any, credentials(args));
    for (BindableService service : services) {
      builder.addService(service);
    }
    builder.intercept(new Slow());
    if (args.length > 0 && !args[0].isEmpty()) {
      builder.intercept(new Guarded(password, args[0]));
    }
    server = builder.build().start();
  }

  @Override
  public final int port() {
    return server.getPort();
  }

  @Override
  public final List<Call> take() {
    List<Call> all = List.copyOf(log);
    log.clear();
    return all;
  }

  @Override
  public final void close() {
    server.shutdownNow();
  }

  private static ServerCredentials credentials(String[] args) throws IOException {
    if (args.length < 3) {
      return InsecureServerCredentials.create();
    }
    try (InputStream in = new FileInputStream(args[1])) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, args[2].toCharArray());
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(keys, args[2].toCharArray());
      return TlsServerCredentials.newBuilder().keyManager(managers.getKeyManagers()).build();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private final class Slow implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      long received = System.nanoTime();
      String method = call.getMethodDescriptor().getBareMethodName();
      return next.startCall(
          new ForwardingServerCall.SimpleForwardingServerCall<Q, A>(call) {
            @Override
            public void sendMessage(A message) {
              pause();
              log.add(new Call(method, queries.contains(method), received, System.nanoTime()));
              super.sendMessage(message);
            }
          },
          headers);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Guarded(String header, String password) implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Metadata.Key<String> key = Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER);
      if (password.equals(headers.get(key))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription("wrong password"), new Metadata());
      return new ServerCall.Listener<Q>() {};
    }
  }
}
