package dev.coldstart.demo.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where everything is, from environment variables.
 *
 * @param weatherMcpCommand the command that starts the weather tool server
 * @param toolListTtl how long the tools of a server are used before they are asked for again
 * @param port 0 for a free one
 */
record ServiceConfig(
    String modelUrl,
    String chromaUrl,
    String collection,
    String ordersMcpUrl,
    List<String> weatherMcpCommand,
    String schemaUrl,
    Duration toolListTtl,
    int port) {

  static ServiceConfig from(Map<String, String> environment) {
    return new ServiceConfig(
        required(environment, "MODEL_URL"),
        required(environment, "CHROMA_URL"),
        environment.getOrDefault("CHROMA_COLLECTION", "knowledge"),
        required(environment, "ORDERS_MCP_URL"),
        command(required(environment, "WEATHER_MCP_COMMAND")),
        required(environment, "SCHEMA_URL"),
        Duration.ofSeconds(Long.parseLong(environment.getOrDefault("TOOL_LIST_TTL_S", "300"))),
        Integer.parseInt(environment.getOrDefault("PORT", "0")));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("set the environment variable " + name);
    }
    return value;
  }

  /** A JSON array, so that paths may hold spaces. */
  private static List<String> command(String json) {
    try {
      return new ObjectMapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("WEATHER_MCP_COMMAND must be a JSON array of strings", e);
    }
  }
}
