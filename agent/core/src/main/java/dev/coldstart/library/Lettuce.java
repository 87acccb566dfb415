package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.net.Opening;
import dev.coldstart.weave.store.VectorStore;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Lettuce: connecting, and of its commands those of vector sets and of the query engine, as the
 * methods of that name or by {@code dispatch}. Netty tells the steps but for authentication. What
 * waits for an answer is a proxy in front of the futures' methods; a future is not replaced,
 * because it is one of Lettuce's own.
 */
public final class Lettuce implements Library {
  private static final VectorStore STORE = new VectorStore("lettuce");
  private static final String CORE = "io.lettuce.core.";
  private static final String CLIENT = CORE + "RedisClient";
  private static final String SYNC = CORE + "FutureSyncInvocationHandler";
  private static final String ASYNC = CORE + "AbstractRedisAsyncCommands";
  private static final String REACTIVE = CORE + "AbstractRedisReactiveCommands";
  private static final String FUTURE = CORE + "protocol.AsyncCommand";
  private static final String DISPATCH = "dispatch";

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              Phase.VECTOR_STORE_QUERY,
              "search",
              List.of("FT.SEARCH", "FT.HYBRID", "FT.AGGREGATE", "VSIM"),
              List.of(
                  "ftSearch",
                  "ftHybrid",
                  "ftAggregate",
                  "vsim",
                  "vsimWithScore",
                  "vsimWithScoreWithAttribs")),
          new Kind(Phase.VECTOR_STORE_QUERY, "add", List.of("VADD"), List.of("vadd")),
          new Kind(
              Phase.VECTOR_STORE_CONNECT,
              "index",
              List.of("FT._LIST", "FT.INFO"),
              List.of("ftList")),
          new Kind(
              Phase.VECTOR_STORE_CONNECT,
              "create index",
              List.of("FT.CREATE"),
              List.of("ftCreate")));

  /** Commands of one kind: what they are called in Redis' protocol, and the methods for them. */
  private record Kind(Phase phase, String what, List<String> commands, List<String> methods) {
    /** Whether a keyword of Lettuce's is one of the commands. */
    boolean isOne(Object keyword) {
      return Read.path(keyword, "getBytes") instanceof byte[] bytes
          && commands.contains(new String(bytes, StandardCharsets.US_ASCII));
    }
  }

  @Override
  public String name() {
    return "lettuce";
  }

  @Override
  public String testedVersions() {
    return "6.8.2, 7.7.0";
  }

  @Override
  public List<Probe> probes() {
    Phase connect = Phase.DB_CONNECT;
    List<Probe> probes = new ArrayList<>();
    probes.add(Probe.time(connect, "lettuce client", CLIENT, "create"));
    probes.add(Probe.time(connect, "lettuce connect", CLIENT, "connect"));
    probes.add(Probe.timeAsync(connect, "lettuce connect", CLIENT, "connectAsync"));
    // Every connection, also those of clusters and sentinels.
    probes.add(
        Probe.timeAsync(
            connect, "lettuce connection", CORE + "AbstractRedisClient", "initializeChannelAsync"));
    Opening auth = new Opening();
    String handshake = CORE + "protocol.RedisHandshakeHandler";
    probes.add(
        Probe.read(handshake, "channelActive", auth.begins(At.self())).connecting(Connect.AUTH));
    probes.add(Probe.read(handshake, "succeed", auth.endsBefore(At.self())));
    probes.add(Probe.read(handshake, "fail", auth.fails(At.argument(1), At.self())));
    Opening calls = new Opening();
    for (Kind kind : KINDS) {
      String span = STORE.span(kind.what);
      probes.add(Probe.time(kind.phase, span, SYNC, "handleInvocation").noting(new Invoked(kind)));
      Hook call = calls.calls(null, At.result());
      for (String method : kind.methods) {
        probes.add(Probe.read(ASYNC, method, call).recording(kind.phase, span).inSomeVersions());
        probes.add(Probe.timePublisher(kind.phase, span, REACTIVE, method).inSomeVersions());
      }
      Note dispatched = new Dispatched(kind);
      probes.add(
          Probe.read(ASYNC, DISPATCH, calls.calls(dispatched, At.result()))
              .taking("ProtocolKeyword;")
              .recording(kind.phase, span));
      probes.add(
          Probe.timePublisher(kind.phase, span, REACTIVE, DISPATCH)
              .taking("ProtocolKeyword;")
              .noting(dispatched));
    }
    probes.add(Probe.read(FUTURE, "completeResult", calls.endsBefore(new Answered(), At.self())));
    probes.add(Probe.read(FUTURE, "completeResult", calls.ends(At.self())));
    probes.add(
        Probe.read(FUTURE, "doCompleteExceptionally", calls.fails(At.argument(0), At.self())));
    probes.add(Probe.read(FUTURE, "doCompleteExceptionally", calls.ends(At.self())));
    At cancelled = At.constant(new CancellationException());
    probes.add(Probe.read(FUTURE, "cancel", calls.fails(cancelled, At.self())).arity(1));
    return probes;
  }

  /** Commands by their keyword. */
  private static final class Dispatched implements Note {
    private final Kind kind;

    Dispatched(Kind kind) {
      this.kind = kind;
    }

    @Override
    public boolean wants(Object self, Object[] args) {
      return kind.isOne(args[0]);
    }

    @Override
    public void note(Object self, Object[] args, Object result) {}
  }

  /** Calls of a proxy: of which method, and with what. */
  private static final class Invoked implements Note {
    private final Kind kind;

    Invoked(Kind kind) {
      this.kind = kind;
    }

    @Override
    public boolean wants(Object self, Object[] args) {
      String name = ((Method) args[1]).getName();
      return kind.methods.contains(name)
          || (name.equals(DISPATCH) && args[2] instanceof Object[] given && kind.isOne(given[0]));
    }

    @Override
    public void note(Object self, Object[] args, Object result) {}
  }

  /** The server's answer is not an error, which becomes an exception. */
  private static final class Answered implements Opening.Done {
    @Override
    public boolean isSo(Object self, Object[] args, Object result) {
      return !Boolean.TRUE.equals(Read.path(self, "getOutput", "hasError"));
    }
  }
}
