package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import java.util.List;

/**
 * networknt json-schema-validator: factory and schema classes of 1.x, registry classes of 2 and 3.
 */
public final class Networknt implements Library {
  private static final String PACKAGE = "com.networknt.schema.";

  @Override
  public String name() {
    return "networknt";
  }

  @Override
  public String testedVersions() {
    return "1.5.9, 3.0.9";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.SCHEMA_VALIDATION;
    String factory = PACKAGE + "JsonSchemaFactory";
    String registry = PACKAGE + "SchemaRegistry";
    return List.of(
        Probe.time(phase, "schema: meta-schemas", factory, "getInstance").alsoIn(registry),
        Probe.time(phase, "schema: load", factory, "getSchema").alsoIn(registry),
        // One document, also that of a $ref met while compiling or validating.
        Probe.time(phase, "schema: document", factory, "getMappedSchema")
            .alsoIn(registry)
            .arity(2)
            .noting(new Location()),
        Probe.time(
                phase,
                "schema: fetch",
                PACKAGE + "resource.UriSchemaLoader",
                "openConnectionCheckRedirects")
            .alsoIn(PACKAGE + "resource.IriResourceLoader"),
        Probe.time(phase, "schema: compile", PACKAGE + "JsonSchema", "initializeValidators")
            .alsoIn(PACKAGE + "Schema"),
        // The funnel of the public overloads; the other one with four parameters recurses.
        Probe.time(phase, "schema: validate", PACKAGE + "JsonSchema", "validate")
            .alsoIn(PACKAGE + "Schema")
            .arity(4)
            .taking("OutputFormat"));
  }

  /** Only the scheme: where a schema lives may be nobody's business. */
  private static final class Location implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Object iri = Read.path(args[0], "getAbsoluteIri");
      String text = String.valueOf(iri == null ? args[0] : iri);
      int colon = text.indexOf(':');
      Recorder.note("scheme", colon < 0 ? "unknown" : text.substring(0, colon));
    }
  }
}
