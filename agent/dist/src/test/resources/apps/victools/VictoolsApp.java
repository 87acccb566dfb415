package dev.coldstart.it.app;

import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.util.List;

/** The generator of victools. */
public final class VictoolsApp implements Scenes.App {
  private SchemaGenerator generator;

  /** What a schema is made of. */
  public record Order(String id, List<Item> items) {}

  /** A part of it. */
  public record Item(String name, int count) {}

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add("/make", out -> generator = make());
    scenes.add("/generate", out -> out.write(generator.generateSchema(Order.class).toString()));
    scenes.add(
        "/several",
        out -> {
          var several = generator.buildMultipleSchemaDefinitions();
          several.createSchemaReference(Order.class);
          out.write(several.collectDefinitions("$defs").toString());
        });
  }

  private static SchemaGenerator make() {
    return new SchemaGenerator(
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .build());
  }
}
