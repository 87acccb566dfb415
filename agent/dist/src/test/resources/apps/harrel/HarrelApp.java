package dev.coldstart.it.app;

import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** harrel json-schema with a schema that refers to a remote one. Argument: where the other is. */
public final class HarrelApp implements Scenes.App {
  private Validator validator;
  private URI schema;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    String text =
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\","
            + "\"properties\":{\"order\":{\"$ref\":\"" + args[0] + "\"}}}";
    scenes.add(
        "/load",
        out -> {
          validator =
              new ValidatorFactory().withSchemaResolver(uri -> fetch(uri, args[0])).createValidator();
          schema = validator.registerSchema(text);
        });
    scenes.add(
        "/validate",
        out -> out.write("" + validator.validate(schema, "{\"order\":{}}").isValid()));
  }

  private static SchemaResolver.Result fetch(String uri, String known) {
    if (!uri.equals(known)) {
      return SchemaResolver.Result.empty();
    }
    try (InputStream in = URI.create(uri).toURL().openStream()) {
      return SchemaResolver.Result.fromString(
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
