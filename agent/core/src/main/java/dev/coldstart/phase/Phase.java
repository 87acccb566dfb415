package dev.coldstart.phase;

import java.util.Locale;
import java.util.Set;

/**
 * The phases a request or a start-up is broken into. User probes may add names of their own, so the
 * rest of the code carries a phase as its {@link #id()} string.
 */
public enum Phase {
  /** Building tool lists and tool schemas; MCP transport start, initialize and tools/list. */
  TOOL_REGISTRY,
  /** From first use of a vector-store client to a usable connection. */
  VECTOR_STORE_CONNECT,
  /** A search on a connected vector-store client. */
  VECTOR_STORE_QUERY,
  /** Loading and compiling JSON schemas, building validators, validating. */
  SCHEMA_VALIDATION,
  /** Loading an in-process embedding model; an embedding call. */
  EMBEDDING,
  /** DNS, TCP and TLS to a model endpoint inside a model call. */
  LLM_CONNECT,
  /** Request handed to the model client until the first content token. */
  LLM_TTFT,
  /** The part of a TTFT that a prompt-cache miss cost; derived, always estimated. */
  PROMPT_CACHE,
  /** After the first token of a call whose full answer was needed before anything could show. */
  LLM_GENERATION,
  /** Running a tool between model rounds. */
  TOOL_CALL,
  /** Building AI-service proxies, chat clients, prompts. */
  AGENT_BUILD,
  /** First connection of a JDBC pool or another client that is not a vector store. */
  DB_CONNECT,
  /** Start-up only: process start to premain. */
  JVM_START,
  /** Start-up only: the agent's own premain. */
  AGENT,
  /** Start-up only: premain to ready. */
  APP_START;

  /** What no interval covers; always present in a breakdown, even when 0. */
  public static final String UNATTRIBUTED = "unattributed";

  private static final Set<String> PREPARING =
      Set.of(
          TOOL_REGISTRY.id,
          VECTOR_STORE_CONNECT.id,
          SCHEMA_VALIDATION.id,
          EMBEDDING.id,
          LLM_CONNECT.id,
          AGENT_BUILD.id,
          DB_CONNECT.id);

  private final String id = name().toLowerCase(Locale.ROOT);

  /**
   * Whether the phase is work for the first user by nature: it makes what later requests use again.
   *
   * @param phase a phase id; false for user phases
   */
  public static boolean prepares(String phase) {
    return PREPARING.contains(phase);
  }

  /** The name used in reports, attributes and metrics: snake_case, low cardinality. */
  public String id() {
    return id;
  }
}
