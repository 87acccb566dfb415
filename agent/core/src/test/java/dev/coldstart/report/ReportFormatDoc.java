package dev.coldstart.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.StringJoiner;

/** Renders the JSON Schema as {@code agent/docs/report-format.md}. */
final class ReportFormatDoc {
  private final JsonObject schema;

  ReportFormatDoc(JsonObject schema) {
    this.schema = schema;
  }

  String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("# Report format: `coldstart.report/1`\n\n")
        .append("<!-- Generated from coldstart.report-1.schema.json by ReportSchemaTest;")
        .append(" do not edit. -->\n\n")
        .append("The agent writes `<service>-<pid>.json`. The JSON Schema is")
        .append(" `dev/coldstart/report/coldstart.report-1.schema.json` in the agent's jar.\n\n")
        .append(text(schema, "description"))
        .append("\n\n## Report\n\n");
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
