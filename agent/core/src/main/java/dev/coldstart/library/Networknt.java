package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.SchemaProbes;
import java.util.List;

/**
 * networknt json-schema-validator: factory and schema classes of 1.x, registry classes of 2 and 3.
 * Makes the validators of a schema at its first validation, unless told to preload.
 */
public final class Networknt implements Library {
  private static final String PACKAGE = "com.networknt.schema.";

  @Override
  public String name() {
    return "networknt";
  }

  @Override
  public String testedVersions() {
    return "1.5.9, 2.0.1, 3.0.9";
  }

  @Override
  public List<Probe> probes() {
    String factory = PACKAGE + "JsonSchemaFactory";
    String registry = PACKAGE + "SchemaRegistry";
    String schema = PACKAGE + "JsonSchema";
    return List.of(
        SchemaProbes.metaSchemas(factory, "getInstance"),
        SchemaProbes.metaSchemas(registry, "withDefaultDialect"),
        SchemaProbes.load(factory, "getSchema").alsoIn(registry),
        // One document, also that of a $ref met while compiling or validating.
        SchemaProbes.document(factory, "getMappedSchema", At.argument(0)).alsoIn(registry),
        SchemaProbes.fetch(
                PACKAGE + "resource.UriSchemaLoader",
                "openConnectionCheckRedirects",
                At.argument(0, "getURL"))
            .alsoIn(PACKAGE + "resource.IriResourceLoader"),
        SchemaProbes.compile(schema, "initializeValidators").alsoIn(PACKAGE + "Schema"),
        // The funnel of the public overloads; the other one with four parameters recurses.
        SchemaProbes.validate(schema, "validate", At.self())
            .alsoIn(PACKAGE + "Schema")
            .arity(4)
            .taking("OutputFormat"));
  }
}
