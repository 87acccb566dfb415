package dev.coldstart.it.app;

import java.util.List;

/**
 * A store's server that is made of a vendor's classes: it runs in the test's JVM, in a loader of
 * its own, because those fit on no class path of ours.
 */
public interface StoreServer extends AutoCloseable {
  /**
   * What it was asked.
   *
   * @param what for people
   * @param query whether it is a query, and no part of connecting
   * @param receivedNanos {@link System#nanoTime()} when it had come
   * @param answeredNanos before the answer left
   */
  record Call(String what, boolean query, long receivedNanos, long answeredNanos) {}

  /** Where it listens on the loopback interface. */
  int port();

  /** The calls since the last time this was asked. */
  List<Call> take();

  @Override
  void close();
}
