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
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The shipped JSON Schema, the records and the documentation say the same. */
class ReportSchemaTest {
  private static final String RESOURCE = "coldstart.report-1.schema.json";

  private final String text = Sample.text(RESOURCE);
  private final JsonSchema schema =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void acceptsWhatIsWritten(String sample) {
    String written = ReportJson.write(Sample.report(sample));

    assertThat(schema.validate(written, InputFormat.JSON)).isEmpty();
  }

  @Test
  void refusesBrokenReports() {
    String good = Sample.json("cold");

    assertThat(schema.validate(good, InputFormat.JSON)).isEmpty();
    for (String bad :
        List.of(
            good.replace("report/1", "report/2"),
            good.replace("\"cold\"", "\"lukewarm\""),
            good.replace("\"unattributed_ns\"", "\"rest_ns\""),
            good.replace("\"cpus\": 2", "\"cpus\": null"),
            good.replace("\"tools\": 212", "\"tools\": {\"name\": \"content\"}"))) {
      assertThat(bad).isNotEqualTo(good);
      assertThat(schema.validate(bad, InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  void hasExactlyThePropertiesOfTheModel() {
    Map<String, List<String>> model = new LinkedHashMap<>();
    collectModel(RunReport.class, model);

    Map<String, List<String>> described = new LinkedHashMap<>();
    for (JsonObject type : types()) {
      List<String> properties = new ArrayList<>();
      for (Map.Entry<String, JsonElement> p : type.getAsJsonObject("properties").entrySet()) {
        properties.add(p.getKey() + (nullable(p.getValue().getAsJsonObject()) ? "?" : ""));
      }
      described.put(type.get("title").getAsString(), properties);
    }

    assertThat(described).containsExactlyInAnyOrderEntriesOf(model);
  }

  @Test
  void describesAndRequiresEveryPropertyWithItsUnit() {
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

  @Test
  void documentationIsGenerated() throws IOException {
    Stale.check(Path.of("../docs/report-format.md"), new ReportFormatDoc(root()).markdown());
  }

  private JsonObject root() {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private List<JsonObject> types() {
    List<JsonObject> types = new ArrayList<>(List.of(root()));
    root().getAsJsonObject("$defs").entrySet().stream()
        .map(e -> e.getValue().getAsJsonObject())
        .forEach(types::add);
    return types;
  }

  private static void collectModel(Class<?> type, Map<String, List<String>> into) {
    if (!type.isRecord() || into.containsKey(type.getSimpleName())) {
      return;
    }
    List<String> properties = new ArrayList<>();
    into.put(type.getSimpleName(), properties);
    for (RecordComponent c : type.getRecordComponents()) {
      properties.add(ReportShape.jsonName(c.getName()) + (ReportShape.nullable(c) ? "?" : ""));
      collectModel(c.getType(), into);
      if (c.getGenericType() instanceof ParameterizedType list) {
        for (Type argument : list.getActualTypeArguments()) {
          collectModel((Class<?>) argument, into);
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
