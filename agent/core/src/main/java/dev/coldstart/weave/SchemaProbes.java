package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;

/**
 * Probes for the steps of a JSON schema library, named alike whichever library it is. Each notes
 * what classes were loaded meanwhile, which is most of what a first use costs.
 */
public final class SchemaProbes {
  /** Schemas that were validated against. */
  private static final WeakIdentityMap<Boolean> VALIDATED = new WeakIdentityMap<>();

  private SchemaProbes() {}

  /** Makes a validator or generator that serves several schemas. */
  public static Probe make(String type, String method) {
    return step("schema: make", type, method, FirstUse.unnamed(null));
  }

  /** Reads the schemas of schemas, or checks against them. */
  public static Probe metaSchemas(String type, String method) {
    return step("schema: meta-schemas", type, method, FirstUse.unnamed(null));
  }

  /** Makes a schema of its text. */
  public static Probe load(String type, String method) {
    return step("schema: load", type, method, FirstUse.unnamed(null));
  }

  /**
   * Gets one document by its address, also that of a {@code $ref}.
   *
   * @param address where the address is; only its scheme is noted
   */
  public static Probe document(String type, String method, At address) {
    return step("schema: document", type, method, FirstUse.unnamed(new Scheme(address)));
  }

  /**
   * Opens the connection to an address; nested in {@link #document} where a library has both.
   *
   * @param address where the address is; only its scheme is noted
   */
  public static Probe fetch(String type, String method, At address) {
    return step("schema: fetch", type, method, FirstUse.unnamed(new Scheme(address)));
  }

  /** Makes the validators of a schema's keywords. */
  public static Probe compile(String type, String method) {
    return step("schema: compile", type, method, FirstUse.unnamed(null));
  }

  /**
   * Validates; the first time for a schema is named so, because most libraries compile then.
   *
   * @param schema where the schema is at the method's entry
   */
  public static Probe validate(String type, String method, At schema) {
    FirstUse hook = FirstUse.of(schema, "schema: first validate", VALIDATED);
    return step("schema: validate", type, method, hook);
  }

  /** Generates a schema of a type or of a method's parameters. */
  public static Probe generate(String type, String method) {
    return step("schema: generate", type, method, FirstUse.unnamed(null));
  }

  /** A framework has another library generate a schema: frames what that does. */
  public static Probe describe(String type, String method) {
    return step("schema: describe", type, method, FirstUse.unnamed(null));
  }

  /** A framework has another library validate: frames what that does. */
  public static Probe check(String type, String method) {
    return step("schema: check", type, method, FirstUse.unnamed(null));
  }

  private static Probe step(String name, String type, String method, Hook hook) {
    return Probe.read(type, method, hook).recording(Phase.SCHEMA_VALIDATION, name);
  }

  /** Only the scheme: where a schema lives may be nobody's business. */
  private static final class Scheme implements Note {
    private static final int LONGEST = 16;

    private final At address;

    Scheme(At address) {
      this.address = address;
    }

    @Override
    public void note(Object self, Object[] args, Object result) {
      String text = String.valueOf(address.read(self, args, null));
      int colon = text.indexOf(':');
      boolean known = colon > 0 && colon <= LONGEST;
      Recorder.note("scheme", known ? text.substring(0, colon) : "unknown");
    }
  }
}
