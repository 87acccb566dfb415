package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.SchemaProbes;
import java.util.List;

/**
 * JSON schemas of Vert.x. It fetches nothing by itself: what schemas refer to must be in the
 * repository. The older parsers and routers of 4.x are not looked into.
 */
public final class VertxJsonSchema implements Library {
  private static final String PACKAGE = "io.vertx.json.schema.impl.";

  @Override
  public String name() {
    return "vertx-json-schema";
  }

  @Override
  public String testedVersions() {
    return "4.5.14, 5.1.2";
  }

  @Override
  public List<Probe> probes() {
    String repository = PACKAGE + "SchemaRepositoryImpl";
    String validator = PACKAGE + "SchemaValidatorImpl";
    return List.of(
        SchemaProbes.metaSchemas(repository, "preloadMetaSchema"),
        SchemaProbes.load(repository, "dereference"),
        SchemaProbes.compile(validator, "<init>"),
        // The overload with more parameters recurses.
        SchemaProbes.validate(validator, "validate", At.self()).arity(1));
  }
}
