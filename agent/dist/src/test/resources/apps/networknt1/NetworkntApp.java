package dev.coldstart.it.app;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;

/** networknt 1.x with a schema that refers to a remote one. Argument: where the other is. */
public final class NetworkntApp implements Scenes.App {
  private JsonSchema schema;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    String text =
        "{\"type\":\"object\",\"properties\":{\"order\":{\"$ref\":\"" + args[0] + "\"}}}";
    scenes.add("/load", out -> schema = load(text, true));
    scenes.add("/load/lazy", out -> schema = load(text, false));
    scenes.add(
        "/validate",
        out -> out.write("" + schema.validate("{\"order\":{}}", InputFormat.JSON).isEmpty()));
  }

  private static JsonSchema load(String text, boolean preload) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(text, SchemaValidatorsConfig.builder().preloadJsonSchema(preload).build());
  }
}
