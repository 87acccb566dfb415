package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.net.Opening;
import java.util.List;

/**
 * Channels of gRPC that get ready: from asking for a transport to the other side's settings of
 * HTTP/2, over whatever transport. Its TCP and TLS are steps inside of that.
 */
public final class GrpcClient implements Library {
  private static final String SUBCHANNEL = "io.grpc.internal.InternalSubchannel";
  private static final String LISTENER = SUBCHANNEL + "$TransportListener";
  private static final String IN_MILVUS = "io.milvus.shaded.";

  @Override
  public String name() {
    return "grpc-client";
  }

  @Override
  public String testedVersions() {
    return "1.62.2, 1.85.1";
  }

  @Override
  public List<Probe> probes() {
    Opening ready = new Opening();
    return List.of(
        Probe.read(SUBCHANNEL, "startNewTransport", ready.begins(At.self()))
            .alsoIn(IN_MILVUS + SUBCHANNEL)
            .connecting(Connect.HTTP2),
        // The listener stands for the transport that is being started.
        listening("<init>", ready.alsoIs(At.argument(0), At.self())),
        listening("transportReady", ready.ends(At.self())),
        listening("transportShutdown", ready.fails(At.argument(0, "getCause"), At.self())));
  }

  /** Also in the copy that Milvus' client has. */
  private static Probe listening(String method, Hook hook) {
    return Probe.read(LISTENER, method, hook).alsoIn(IN_MILVUS + LISTENER);
  }
}
