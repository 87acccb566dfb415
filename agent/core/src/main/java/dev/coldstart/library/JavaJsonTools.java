package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.SchemaProbes;
import java.util.List;

/**
 * java-json-tools json-schema-validator ({@code com.github.fge}). Its factory brings the
 * meta-schemas; a schema is read, checked and compiled piece by piece when it first validates.
 */
public final class JavaJsonTools implements Library {
  private static final String PACKAGE = "com.github.fge.jsonschema.";
  private static final String FACTORY = PACKAGE + "main.JsonSchemaFactory";
  private static final String SCHEMA = PACKAGE + "main.JsonSchemaImpl";
  private static final String VALIDATOR = PACKAGE + "main.JsonValidator";

  @Override
  public String name() {
    return "java-json-tools";
  }

  @Override
  public String testedVersions() {
    return "2.2.14";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        // Its configurations have the keywords and meta-schemas of each draft.
        SchemaProbes.metaSchemas(FACTORY + "Builder", "<init>").arity(0),
        SchemaProbes.make(FACTORY, "<init>"),
        SchemaProbes.load(FACTORY, "getJsonSchema"),
        SchemaProbes.document(PACKAGE + "core.load.URIManager", "getContent", At.argument(0)),
        SchemaProbes.fetch(
            PACKAGE + "core.load.download.DefaultURIDownloader", "fetch", At.argument(0)),
        SchemaProbes.validate(SCHEMA, "doValidate", At.self()),
        SchemaProbes.validate(SCHEMA, "doValidateUnchecked", At.self()),
        SchemaProbes.validate(VALIDATOR, "validate", At.argument(0)),
        SchemaProbes.validate(VALIDATOR, "validateUnchecked", At.argument(0)));
  }
}
