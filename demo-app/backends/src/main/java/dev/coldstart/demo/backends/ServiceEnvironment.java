package dev.coldstart.demo.backends;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;

/** What a service needs to know, as lines a POSIX shell can read. */
final class ServiceEnvironment {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "MODEL_URL", "model_url",
          "CHROMA_URL", "chroma_url",
          "CHROMA_COLLECTION", "collection",
          "ORDERS_MCP_URL", "orders_mcp_url",
          "WEATHER_MCP_COMMAND", "weather_mcp_command",
          "SCHEMA_URL", "schema_url",
          "DEMO_ADMIN_URL", "admin_url");

  private ServiceEnvironment() {}

  static String of(Map<String, Object> ready) throws JsonProcessingException {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      Object value = ready.get(variable.getValue());
      String text = value instanceof String s ? s : StandInServer.JSON.writeValueAsString(value);
      lines
          .append("export ")
          .append(variable.getKey())
          .append("='")
          .append(text.replace("'", "'\\''"))
          .append("'\n");
    }
    return lines.toString();
  }
}
