package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tool-call arguments that satisfy a tool's parameters, taken from the question where it has them.
 */
final class ExampleArguments {
  private static final Pattern ID = Pattern.compile("\\b[A-Z]-\\d{4}\\b");
  private static final Pattern PLACE = Pattern.compile("\\bin (\\p{Lu}\\p{L}+)");

  private ExampleArguments() {}

  static ObjectNode of(JsonNode parameters, String question) {
    ObjectNode arguments = StandInServer.JSON.createObjectNode();
    for (JsonNode required : parameters.path("required")) {
      String name = required.asText();
      arguments.set(name, value(name, parameters.path("properties").path(name), question));
    }
    return arguments;
  }

  private static JsonNode value(String name, JsonNode schema, String question) {
    var nodes = StandInServer.JSON.getNodeFactory();
    if (schema.path("enum").size() > 0) {
      return schema.path("enum").path(0);
    }
    return switch (schema.path("type").asText()) {
      case "integer", "number" -> nodes.numberNode(1);
      case "boolean" -> nodes.booleanNode(true);
      default -> nodes.textNode(text(name, question));
    };
  }

  private static String text(String name, String question) {
    if (name.endsWith("_id")) {
      Matcher id = ID.matcher(question);
      return id.find() ? id.group() : "A-1001";
    }
    if (name.equals("city")) {
      Matcher place = PLACE.matcher(question);
      return place.find() ? place.group(1) : "Lisbon";
    }
    return "as asked";
  }
}
