package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.SchemaProbes;
import java.util.List;

/**
 * harrel json-schema. It compiles as it registers, and checks against the meta-schema, which it
 * compiles the first time; a first validation is the first of a validator. What schemas refer to
 * comes from a resolver of the application.
 */
public final class Harrel implements Library {
  private static final String PACKAGE = "dev.harrel.jsonschema.";

  @Override
  public String name() {
    return "harrel";
  }

  @Override
  public String testedVersions() {
    return "1.8.2";
  }

  @Override
  public List<Probe> probes() {
    String validator = PACKAGE + "Validator";
    return List.of(
        SchemaProbes.make(PACKAGE + "ValidatorFactory", "createValidator"),
        SchemaProbes.load(validator, "registerSchema"),
        SchemaProbes.compile(PACKAGE + "JsonParser", "parseRootSchema"),
        SchemaProbes.metaSchemas(PACKAGE + "MetaSchemaValidator", "validateSchema"),
        SchemaProbes.document(PACKAGE + "CompositeSchemaResolver", "resolve", At.argument(0)),
        SchemaProbes.validate(validator, "validate", At.self()));
  }
}
