package dev.coldstart.library;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.Server;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls that a gRPC server answers, whatever its transport. The stream stands for the request; it
 * ends with the status of the call, or when the transport tells that the client has gone.
 */
public final class GrpcServer implements Library {
  private static final String NAME = "grpc-server";
  private static final Server SERVER = Server.named(NAME);
  private static final String INTERNAL = "io.grpc.internal.";
  private static final String TRANSPORT = INTERNAL + "ServerImpl$ServerTransportListenerImpl";
  private static final String LISTENER =
      INTERNAL + "ServerImpl$JumpToApplicationThreadServerStreamListener";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String testedVersions() {
    return "1.62.2 (netty-shaded), 1.85.1 (netty)";
  }

  @Override
  public List<Probe> probes() {
    String call = INTERNAL + "ServerCallImpl";
    List<Probe> probes = new ArrayList<>();
    probes.add(Server.ready("gRPC server started", INTERNAL + "ServerImpl", "start"));
    // (stream, full method name, metadata)
    probes.add(
        Probe.read(
            TRANSPORT,
            "streamCreated",
            SERVER.begins(At.argument(0), At.constant("grpc"), At.argument(1), null)));
    probes.add(Probe.read(TRANSPORT, "streamCreatedInternal", new Headers()));
    probes.add(Probe.read(call, "<init>", SERVER.binds(At.argument(0), At.self())));
    probes.add(Probe.read(LISTENER, "<init>", SERVER.binds(At.argument(2), At.self())));
    probes.add(Probe.read(call, "sendMessage", SERVER.bodies(At.self(), At.constant(1))));
    probes.add(Probe.read(INTERNAL + "AbstractServerStream", "close", new Closed()));
    probes.add(Probe.read(LISTENER, "closed", new Closed()));
    // Of one call each: what arrives for it later is its work.
    probes.addAll(Probe.bound(List.of(INTERNAL + "SerializingExecutor"), "run"));
    probes.addAll(
        Probe.bound(List.of(INTERNAL + "SerializeReentrantCallsDirectExecutor"), "execute"));
    return probes;
  }

  /** (status, ..): of the server's making, or what the transport says became of the call. */
  private static final class Closed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      if (trace != null && !trace.isClosed()) {
        trace.failed |= Boolean.FALSE.equals(Read.path(args[0], "isOk"));
        Inbound.end(NAME, self);
      }
    }
  }

  /** Metadata is read by keys that have a type, so one is made of the application's classes. */
  private static final class Headers extends EntryHook {
    private volatile Object key;
    private volatile Method get;

    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Inbound.of(args[0]);
      if (trace != null && trace.traceparent == null) {
        trace.traceparent = traceparent(args[2]);
      }
    }

    private String traceparent(Object metadata) {
      try {
        Class<?> type = metadata.getClass();
        if (get == null || get.getDeclaringClass() != type) {
          Class<?> keys = Class.forName(type.getName() + "$Key", false, type.getClassLoader());
          Object marshaller = type.getField("ASCII_STRING_MARSHALLER").get(null);
          Class<?> ascii = type.getField("ASCII_STRING_MARSHALLER").getType();
          key = keys.getMethod("of", String.class, ascii).invoke(null, "traceparent", marshaller);
          get = type.getMethod("get", keys);
        }
        return (String) get.invoke(metadata, key);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
