package dev.coldstart.demo.backends;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a ledger line is about. */
enum DelayKind {
  @JsonProperty("tool_registry")
  TOOL_REGISTRY,
  @JsonProperty("vector_store_connect")
  VECTOR_STORE_CONNECT,
  @JsonProperty("prompt_cache")
  PROMPT_CACHE,
  @JsonProperty("schema_validation")
  SCHEMA_VALIDATION,
  @JsonProperty("llm_ttft")
  LLM_TTFT,
  /** Not a delay: the moment the first token left, start before and end after the write. */
  @JsonProperty("first_token_sent")
  FIRST_TOKEN_SENT
}
