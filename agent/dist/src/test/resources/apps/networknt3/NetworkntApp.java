package dev.coldstart.it.app;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/** networknt 3.x with a schema that refers to a remote one. Argument: where the other is. */
public final class NetworkntApp implements Scenes.App {
  private Schema schema;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    String text =
        "{\"type\":\"object\",\"properties\":{\"order\":{\"$ref\":\"" + args[0] + "\"}}}";
    scenes.add(
        "/load",
        out ->
            schema =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemaLoader(loader -> loader.fetchRemoteResources()))
                    .getSchema(text));
    scenes.add(
        "/validate",
        out ->
            out.write("" + schema.validate("{\"order\":{\"id\":1}}", InputFormat.JSON).size()));
  }
}
