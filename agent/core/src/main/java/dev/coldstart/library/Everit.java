package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.SchemaProbes;
import java.util.List;

/**
 * Everit's JSON schemas: compiled as they are loaded, with what their references fetch. Up to 1.5
 * each kind of schema validates by itself, later one validator does it for all.
 */
public final class Everit implements Library {
  private static final String PACKAGE = "org.everit.json.schema.";

  @Override
  public String name() {
    return "everit";
  }

  @Override
  public String testedVersions() {
    return "1.5.1, 1.14.6";
  }

  @Override
  public List<Probe> probes() {
    String client = PACKAGE + "loader.internal.DefaultSchemaClient";
    return List.of(
        SchemaProbes.load(PACKAGE + "loader.SchemaLoader", "load"),
        SchemaProbes.fetch(client, "get", At.argument(0)),
        SchemaProbes.validate(PACKAGE + "DefaultValidator", "performValidation", At.argument(0)),
        SchemaProbes.validate(PACKAGE + "ObjectSchema", "validate", At.self())
            .alsoIn(
                PACKAGE + "ArraySchema",
                PACKAGE + "BooleanSchema",
                PACKAGE + "CombinedSchema",
                PACKAGE + "EmptySchema",
                PACKAGE + "EnumSchema",
                PACKAGE + "NotSchema",
                PACKAGE + "NullSchema",
                PACKAGE + "NumberSchema",
                PACKAGE + "ReferenceSchema",
                PACKAGE + "StringSchema")
            .arity(1)
            .taking("(Ljava/lang/Object;)V")
            .inSomeVersions());
  }
}
