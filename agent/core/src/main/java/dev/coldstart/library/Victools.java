package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.SchemaProbes;
import java.util.List;

/** The victools generator of JSON schemas, which Spring AI and Embabel describe tools with. */
public final class Victools implements Library {
  private static final String PACKAGE = "com.github.victools.jsonschema.generator.";

  @Override
  public String name() {
    return "victools";
  }

  @Override
  public String testedVersions() {
    return "4.38.0, 5.0.0";
  }

  @Override
  public List<Probe> probes() {
    String several = PACKAGE + "SchemaBuilder";
    return List.of(
        SchemaProbes.make(PACKAGE + "SchemaGeneratorConfigBuilder", "build"),
        SchemaProbes.make(PACKAGE + "SchemaGenerator", "<init>"),
        SchemaProbes.generate(PACKAGE + "SchemaGenerator", "generateSchema"),
        SchemaProbes.generate(several, "createSchemaReference"),
        SchemaProbes.generate(several, "collectDefinitions"));
  }
}
