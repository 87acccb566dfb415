package dev.coldstart.demo.backends;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Makes the first requests of the first new TCP connections slow, as a vector store does that sits
 * behind a sleeping proxy. A connection is known by the client's port.
 */
final class SlowFirstConnection {
  private final Set<InetSocketAddress> seen = ConcurrentHashMap.newKeySet();
  private final int slowConnections;
  private final Ledger ledger;
  private final Supplier<Delays> delays;
  private int left;

  /**
   * @param slowConnections how many new connections are slow, counted from the start or a reset
   */
  SlowFirstConnection(int slowConnections, Ledger ledger, Supplier<Delays> delays) {
    this.slowConnections = slowConnections;
    this.ledger = ledger;
    this.delays = delays;
    left = slowConnections;
  }

  void awaitUsable(InetSocketAddress client) {
    if (seen.add(client) && takeOne()) {
      ledger.inject(
          DelayKind.VECTOR_STORE_CONNECT,
          delays.get().vectorConnectMs(),
          Map.of("store", "chroma", "client_port", client.getPort()));
    }
  }

  private synchronized boolean takeOne() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  /** The next new connection is slow again. */
  synchronized void reset() {
    left = slowConnections;
  }
}
