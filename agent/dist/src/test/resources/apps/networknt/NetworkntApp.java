package dev.coldstart.it.app;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;

/** networknt 2.x or 3.x with a schema that refers to a remote one. Argument: where the other is. */
public final class NetworkntApp implements Scenes.App {
  private Schema schema;

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

  private static Schema load(String text, boolean preload) {
    SchemaRegistryConfig config = SchemaRegistryConfig.builder().preloadSchema(preload).build();
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry ->
                registry
                    .schemaRegistryConfig(config)
                    .schemaLoader(loader -> loader.fetchRemoteResources()))
        .getSchema(text);
  }
}
