package dev.coldstart.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.StringJoiner;

/** Renders a JSON Schema as a page of {@code agent/docs}. */
public final class FormatDoc {
  private final JsonObject schema;
  private final String opening;
  private final String title;

  /**
   * A page.
   *
   * @param opening its headline and first words
   * @param title what the whole file is called
   */
  public FormatDoc(JsonObject schema, String opening, String title) {
    this.schema = schema;
    this.opening = opening;
    this.title = title;
  }

  /** The whole page. */
  public String markdown() {
    StringBuilder out = new StringBuilder();
    out.append(opening)
        .append("\n\n")
        .append(text(schema, "description"))
        .append("\n\n## ")
        .append(title)
        .append("\n\n");
    table(out, schema);
    for (Map.Entry<String, JsonElement> e : schema.getAsJsonObject("$defs").entrySet()) {
      JsonObject type = e.getValue().getAsJsonObject();
      out.append("\n## `").append(e.getKey()).append("`\n\n");
      out.append(text(type, "description")).append("\n\n");
      table(out, type);
    }
    return out.toString();
  }

  private static void table(StringBuilder out, JsonObject type) {
    out.append("| property | type | meaning |\n|---|---|---|\n");
    for (Map.Entry<String, JsonElement> e : type.getAsJsonObject("properties").entrySet()) {
      JsonObject property = e.getValue().getAsJsonObject();
      out.append("| `").append(e.getKey()).append("` | ");
      out.append(typeOf(property)).append(" | ");
      out.append(text(property, "description").replace("|", "\\|")).append(" |\n");
    }
  }

  private static String typeOf(JsonObject property) {
    if (property.has("$ref")) {
      String ref = property.get("$ref").getAsString();
      String name = ref.substring(ref.lastIndexOf('/') + 1);
      return "[`" + name + "`](#" + name + ")";
    }
    if (property.has("const")) {
      return "`\"" + property.get("const").getAsString() + "\"`";
    }
    if (property.has("enum")) {
      StringJoiner values = new StringJoiner(", ");
      property.getAsJsonArray("enum").forEach(v -> values.add("`\"" + v.getAsString() + "\"`"));
      return values.toString();
    }
    if (property.has("anyOf")) {
      return either(property.getAsJsonArray("anyOf"));
    }
    JsonElement type = property.get("type");
    if (type.isJsonArray()) {
      return either(type.getAsJsonArray());
    }
    return type.getAsString().equals("array")
        ? "array of " + typeOf(property.getAsJsonObject("items"))
        : type.getAsString();
  }

  private static String either(Iterable<JsonElement> types) {
    StringJoiner joined = new StringJoiner(" or ");
    for (JsonElement type : types) {
      joined.add(type.isJsonObject() ? typeOf(type.getAsJsonObject()) : type.getAsString());
    }
    return joined.toString();
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }
}
