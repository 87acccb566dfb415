package dev.coldstart.phase;

import java.util.Set;

/**
 * A step of opening a connection. What it counts for depends on what encloses it: inside a model
 * call it is {@code llm_connect}, inside work with a vector store {@code vector_store_connect},
 * inside any other phase that phase, and alone it is {@linkplain Phase#UNATTRIBUTED unattributed},
 * with a name.
 */
public enum Connect {
  /** A look-up of a host that no cache answers. */
  DNS("dns"),
  /** Until the other side has accepted; attempts that race for one connection are one step. */
  TCP("tcp"),
  /** A handshake, as the client. */
  TLS("tls"),
  /** From a connection to one that HTTP/2 streams can be opened on. */
  HTTP2("http2"),
  /** Telling the other side who one is. */
  AUTH("auth"),
  /** Waiting until a pool has a connection to give, or room for one. */
  POOL_WAIT("pool wait"),
  /** Starting a process to talk to. */
  PROCESS_START("process start");

  /** Stands for the phase until it is known what encloses the step; never in a report. */
  public static final String PHASE = "connect";

  private static final Set<String> SPANS =
      Set.of(
          DNS.span, TCP.span, TLS.span, HTTP2.span, AUTH.span, POOL_WAIT.span, PROCESS_START.span);

  private final String span;

  Connect(String span) {
    this.span = span;
  }

  /** Whether an interval of this name is a step, whoever recorded it. */
  public static boolean isStep(String span) {
    return SPANS.contains(span);
  }

  /** The name of its interval. */
  public String span() {
    return span;
  }
}
