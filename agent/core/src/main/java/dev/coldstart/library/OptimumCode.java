package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.SchemaProbes;
import java.util.List;

/**
 * OptimumCode's JSON schemas, for Kotlin. Compiled as they are loaded; it fetches nothing by
 * itself: what schemas refer to is registered before.
 */
public final class OptimumCode implements Library {
  private static final String PACKAGE = "io.github.optimumcode.json.schema.";

  @Override
  public String name() {
    return "optimumcode";
  }

  @Override
  public String testedVersions() {
    return "0.5.3";
  }

  @Override
  public List<Probe> probes() {
    String loader = PACKAGE + "internal.SchemaLoader";
    String alone = PACKAGE + "internal.IsolatedLoader";
    return List.of(
        SchemaProbes.metaSchemas(PACKAGE + "JsonSchemaLoader", "registerWellKnown"),
        SchemaProbes.load(alone, "fromDefinition").alsoIn(loader),
        SchemaProbes.load(loader, "register"),
        SchemaProbes.compile(alone, "fromJsonElement").alsoIn(loader),
        SchemaProbes.validate(PACKAGE + "JsonSchema", "validate", At.self()));
  }
}
