package dev.coldstart.it.app;

import io.github.optimumcode.json.schema.ErrorCollector;
import io.github.optimumcode.json.schema.JsonSchema;
import io.github.optimumcode.json.schema.JsonSchemaLoader;
import io.github.optimumcode.json.schema.SchemaType;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonElement;

/** OptimumCode's JSON schemas. Argument: the address of another schema, which is registered. */
public final class OptimumCodeApp implements Scenes.App {
  private JsonSchema schema;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    JsonSchemaLoader loader = JsonSchemaLoader.create();
    scenes.add("/meta", out -> loader.registerWellKnown(SchemaType.DRAFT_2020_12));
    String other = "{\"$id\":\"" + args[0] + "\",\"type\":\"object\",\"required\":[\"id\"]}";
    String text =
        "{\"type\":\"object\",\"properties\":{\"order\":{\"$ref\":\"" + args[0] + "\"}}}";
    scenes.add("/register", out -> loader.register(other, SchemaType.DRAFT_2020_12));
    scenes.add(
        "/load", out -> schema = loader.fromDefinition(text, SchemaType.DRAFT_2020_12));
    scenes.add("/load/alone", out -> JsonSchema.fromDefinition("{\"type\":\"string\"}"));
    JsonElement order = Json.Default.parseToJsonElement("{\"order\":{}}");
    scenes.add(
        "/validate", out -> out.write("" + schema.validate(order, ErrorCollector.EMPTY)));
  }
}
