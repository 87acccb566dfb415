package dev.coldstart.it.truth;

/** The methods that the agent times, by {@code probes=}. */
enum Act {
  TOOL_REGISTRY("tool_registry"),
  VECTOR_STORE_CONNECT("vector_store_connect"),
  VECTOR_STORE_QUERY("vector_store_query"),
  SCHEMA_VALIDATION("schema_validation"),
  EMBEDDING("embedding"),
  AGENT_BUILD("agent_build"),
  TOOL_CALL("tool_call"),
  TOOL_CALL_AGAIN("tool_call"),
  DB_CONNECT("db_connect"),
  RERANK("rerank"),
  GUARD("guard_rails"),
  MEMORY("memory_load");

  /** Phase id; two acts may share one. */
  final String phase;

  Act(String phase) {
    this.phase = phase;
  }

  /** The line of a probes file. */
  String probe() {
    return Stage.class.getName() + "#" + method() + "  " + phase + "  " + name();
  }

  /** Name of the method of {@link Stage}. */
  String method() {
    StringBuilder method = new StringBuilder();
    for (String word : name().split("_", -1)) {
      String lower = word.toLowerCase(java.util.Locale.ROOT);
      method.append(
          method.length() == 0
              ? lower
              : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
    }
    return method.toString();
  }
}
