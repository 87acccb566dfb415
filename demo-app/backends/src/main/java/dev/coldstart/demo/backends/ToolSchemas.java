package dev.coldstart.demo.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** The argument schemas: the tool servers list them, the schema host publishes the same files. */
final class ToolSchemas {
  static final Set<String> TOOLS =
      Set.of("get_order", "list_orders", "cancel_order", "get_weather", "get_forecast");

  private ToolSchemas() {}

  static byte[] bytes(String tool) {
    try (InputStream in = ToolSchemas.class.getResourceAsStream("/schemas/" + tool + ".json")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String tool) {
    return new String(bytes(tool), UTF_8);
  }
}
