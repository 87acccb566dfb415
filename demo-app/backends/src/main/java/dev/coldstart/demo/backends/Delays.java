package dev.coldstart.demo.backends;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The delays in force, in milliseconds. Immutable; the admin server swaps the whole record. */
record Delays(
    @JsonProperty("tool_registry_ms") double toolRegistryMs,
    @JsonProperty("vector_connect_ms") double vectorConnectMs,
    @JsonProperty("prompt_cache_ms") double promptCacheMs,
    @JsonProperty("schema_ms") double schemaMs,
    @JsonProperty("ttft_ms") double ttftMs,
    @JsonProperty("inter_token_ms") double interTokenMs) {

  /** The 90-second story; at scale 1 these are its real numbers. */
  static Delays story(double scale) {
    return new Delays(
        30_000 * scale, 20_000 * scale, 15_000 * scale, 10_000 * scale, 800 * scale, 50 * scale);
  }

  /** The orders server is the slower of the two tool servers, 2 : 1. */
  double ordersToolListMs() {
    return toolRegistryMs * 2 / 3;
  }

  double weatherToolListMs() {
    return toolRegistryMs / 3;
  }
}
