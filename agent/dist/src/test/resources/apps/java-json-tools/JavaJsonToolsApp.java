package dev.coldstart.it.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.fge.jackson.JsonLoader;
import com.github.fge.jsonschema.main.JsonSchema;
import com.github.fge.jsonschema.main.JsonSchemaFactory;

/** java-json-tools with a schema that refers to a remote one. Argument: where the other is. */
public final class JavaJsonToolsApp implements Scenes.App {
  private JsonSchema schema;
  private JsonSchemaFactory factory;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    String text =
        "{\"type\":\"object\",\"properties\":{\"order\":{\"$ref\":\"" + args[0] + "\"}}}";
    scenes.add(
        "/load",
        out -> {
          factory = JsonSchemaFactory.byDefault();
          schema = factory.getJsonSchema(JsonLoader.fromString(text));
        });
    JsonNode[] order = new JsonNode[1];
    scenes.add(
        "/validate",
        out -> {
          order[0] = JsonLoader.fromString("{\"order\":{}}");
          out.write("" + schema.validInstance(order[0]));
        });
    JsonNode[] other = new JsonNode[1];
    scenes.add(
        "/validate/at-once",
        out -> {
          if (other[0] == null) {
            other[0] = JsonLoader.fromString("{\"type\":\"object\"}");
          }
          out.write("" + factory.getValidator().validate(other[0], order[0]).isSuccess());
        });
  }
}
