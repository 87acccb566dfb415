package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.net.Opening;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The driver of Apache Cassandra (4.x), and searches for vectors by CQL. Building a session opens
 * the first connection, asks for topology and schema by it, and fills the pools.
 */
public final class Cassandra implements Library {
  private static final VectorStore STORE = new VectorStore("cassandra");
  private static final String CORE = "com.datastax.oss.driver.internal.core.";
  private static final String HANDLER = CORE + "channel.ProtocolInitHandler";
  private static final String INIT = HANDLER + "$InitRequest";
  private static final String BUILDER = "com.datastax.oss.driver.api.core.session.SessionBuilder";

  @Override
  public String name() {
    return "cassandra";
  }

  @Override
  public String testedVersions() {
    return "4.17.0, 4.19.3";
  }

  @Override
  public List<Probe> probes() {
    Phase connect = Phase.DB_CONNECT;
    List<Probe> probes = new ArrayList<>();
    probes.add(Probe.timeAsync(connect, "cassandra connect", BUILDER, "buildAsync"));
    probes.add(
        Probe.timeAsync(connect, "cassandra connection", CORE + "channel.ChannelFactory", "connect")
            .arity(2));
    probes.add(
        Probe.timeAsync(
            connect, "cassandra schema", CORE + "metadata.MetadataManager", "refreshSchema"));
    Opening auth = new Opening();
    probes.add(
        Probe.read(INIT, "buildAuthenticator", auth.begins(At.self())).connecting(Connect.AUTH));
    probes.add(Probe.read(INIT, "onResponse", auth.endsIf(new Accepted(), At.self())));
    probes.add(Probe.read(INIT, "fail", auth.fails(At.argument(1), At.self())));
    // Connections are made on the threads of Netty.
    probes.addAll(Probe.bound(List.of(HANDLER), "onRealConnect"));
    probes.addAll(Probe.bound(List.of(INIT), "onResponse", "send"));
    probes.add(
        STORE
            .asyncQuery("query", CORE + "session.DefaultSession", "execute")
            .noting(new Nearest()));
    return probes;
  }

  /** The server's answer may also be a question, or no. */
  private static final class Accepted implements Opening.Done {
    @Override
    public boolean isSo(Object self, Object[] args, Object result) {
      return args[0] != null && args[0].getClass().getSimpleName().equals("AuthSuccess");
    }
  }

  /** Only statements that order by the distance of vectors. */
  private static final class Nearest implements Note {
    @Override
    public boolean wants(Object self, Object[] args) {
      Object text = Read.path(args[0], "getQuery");
      if (text == null) {
        text = Read.path(args[0], "getPreparedStatement", "getQuery");
      }
      return text instanceof String cql && cql.toUpperCase(Locale.ROOT).contains(" ANN OF ");
    }

    @Override
    public void note(Object self, Object[] args, Object result) {}
  }
}
