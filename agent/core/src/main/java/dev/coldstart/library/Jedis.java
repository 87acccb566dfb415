package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Jedis: the first command opens a connection, and so does each that finds none idle in the pool.
 * Redis is a database, and a vector store where vectors are added to it and searched: then that is
 * what the connection counts for, also where another command came first in the same request. The
 * JDK tells its steps but for authentication.
 */
public final class Jedis implements Library {
  private static final VectorStore STORE = new VectorStore("jedis");
  private static final String CONNECTION = "redis.clients.jedis.Connection";
  private static final String CLIENT = "redis.clients.jedis.UnifiedJedis";

  @Override
  public String name() {
    return "jedis";
  }

  @Override
  public String testedVersions() {
    return "6.2.0, 7.0.0, 8.0.2";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    Phase connect = Phase.DB_CONNECT;
    probes.add(Probe.time(connect, "jedis connection", CONNECTION, "initializeFromClientConfig"));
    probes.add(
        Probe.time(connect, "jedis connect", CONNECTION, "connect").noting(new Unconnected()));
    // Not a part of connect(), which the JDK's steps are. The other is that of 8.0.
    for (String method : List.of("helloAndAuth", "establishProtocol")) {
      probes.add(Probe.connect(Connect.AUTH, CONNECTION, method).inSomeVersions());
    }
    for (String method :
        List.of(
            "vsim",
            "vsimWithScores",
            "vsimWithScoresAndAttribs",
            "vsimByElement",
            "vsimByElementWithScores",
            "vsimByElementWithScoresAndAttribs",
            "ftSearch",
            "ftHybrid",
            "ftAggregate")) {
      probes.add(STORE.query("search", CLIENT, method).inSomeVersions());
    }
    for (String method : List.of("vadd", "vaddFP32")) {
      probes.add(STORE.query("add", CLIENT, method).inSomeVersions());
    }
    for (String method : List.of("ftList", "ftInfo")) {
      probes.add(STORE.step("index", CLIENT, method));
    }
    probes.add(STORE.step("create index", CLIENT, "ftCreate"));
    return probes;
  }

  /** It is called before every command. */
  private static final class Unconnected implements Note {
    @Override
    public boolean wants(Object self, Object[] args) {
      return Boolean.FALSE.equals(Read.path(self, "isConnected"));
    }

    @Override
    public void note(Object self, Object[] args, Object result) {
      // Where to is nobody's business.
    }
  }
}
