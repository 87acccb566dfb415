package dev.coldstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A shipped JSON Schema, held against the records it describes. */
public final class RecordSchema {
  private final JsonSchema schema;
  private final JsonObject root;

  /** The schema in a resource beside a class. */
  public RecordSchema(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
      root = JsonParser.parseString(text).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a text. */
  public Set<ValidationMessage> validate(String json) {
    return schema.validate(json, InputFormat.JSON);
  }

  /** The schema itself. */
  public JsonObject root() {
    return root;
  }

  /** The same properties as the records, null allowed for the same ones. */
  public void hasExactlyThePropertiesOf(Class<?> model, Predicate<RecordComponent> nullable) {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    collect(model, nullable, expected);
    Map<String, List<String>> described = new LinkedHashMap<>();
    for (JsonObject type : types()) {
      List<String> properties = new ArrayList<>();
      for (Map.Entry<String, JsonElement> p : type.getAsJsonObject("properties").entrySet()) {
        properties.add(p.getKey() + (nullable(p.getValue().getAsJsonObject()) ? "?" : ""));
      }
      described.put(type.get("title").getAsString(), properties);
    }
    assertThat(described).containsExactlyInAnyOrderEntriesOf(expected);
  }

  /** Every property is described, with its unit, and required. */
  public void describesAndRequiresEveryProperty() {
    for (JsonObject type : types()) {
      JsonObject properties = type.getAsJsonObject("properties");
      assertThat(strings(type.getAsJsonArray("required"))).hasSameElementsAs(properties.keySet());
      for (Map.Entry<String, JsonElement> entry : properties.entrySet()) {
        String name = entry.getKey();
        JsonElement description = entry.getValue().getAsJsonObject().get("description");
        assertThat(description).as(name).isNotNull();
        if (name.endsWith("_ns") || name.endsWith("_ms")) {
          String unit = name.substring(name.length() - 2);
          assertThat(description.getAsString()).as(name).containsPattern("\\b" + unit + "\\b");
        }
      }
    }
  }

  private List<JsonObject> types() {
    List<JsonObject> types = new ArrayList<>(List.of(root));
    root.getAsJsonObject("$defs").entrySet().stream()
        .map(e -> e.getValue().getAsJsonObject())
        .forEach(types::add);
    return types;
  }

  private static void collect(
      Class<?> type, Predicate<RecordComponent> nullable, Map<String, List<String>> into) {
    if (!type.isRecord() || into.containsKey(type.getSimpleName())) {
      return;
    }
    List<String> properties = new ArrayList<>();
    into.put(type.getSimpleName(), properties);
    for (RecordComponent c : type.getRecordComponents()) {
      properties.add(ReportShape.jsonName(c.getName()) + (nullable.test(c) ? "?" : ""));
      collect(c.getType(), nullable, into);
      if (c.getGenericType() instanceof ParameterizedType list) {
        for (Type argument : list.getActualTypeArguments()) {
          collect((Class<?>) argument, nullable, into);
        }
      }
    }
  }

  private static boolean nullable(JsonObject property) {
    JsonElement type = property.get("type");
    return property.has("anyOf")
        || (type != null && type.isJsonArray() && strings(type.getAsJsonArray()).contains("null"));
  }

  private static List<String> strings(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }
}
