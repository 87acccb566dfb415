package dev.coldstart.it.app;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;

/** JSON schemas of Vert.x. Argument: the address of another schema, which is in the repository. */
public final class VertxJsonSchemaApp implements Scenes.App {
  private SchemaRepository repository;
  private Validator validator;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    JsonSchemaOptions options =
        new JsonSchemaOptions()
            .setBaseUri("https://localhost")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);
    Vertx vertx = Vertx.vertx();
    scenes.add(
        "/meta",
        out -> {
          repository = SchemaRepository.create(options);
          repository.preloadMetaSchema(vertx.fileSystem());
        });
    JsonObject other = new JsonObject("{\"type\":\"object\",\"required\":[\"id\"]}");
    String text =
        "{\"type\":\"object\",\"properties\":{\"order\":{\"$ref\":\"" + args[0] + "\"}}}";
    scenes.add(
        "/load",
        out -> {
          repository.dereference(args[0], JsonSchema.of(other));
          validator = repository.validator(JsonSchema.of(new JsonObject(text)));
        });
    scenes.add(
        "/validate",
        out ->
            out.write("" + validator.validate(new JsonObject("{\"order\":{}}")).getValid()));
  }
}
