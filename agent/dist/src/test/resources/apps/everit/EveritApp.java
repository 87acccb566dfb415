package dev.coldstart.it.app;

import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;

/** Everit with a schema that refers to a remote one. Argument: where the other is. */
public final class EveritApp implements Scenes.App {
  private Schema schema;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    String text =
        "{\"type\":\"object\",\"properties\":{\"order\":{\"$ref\":\"" + args[0] + "\"}}}";
    scenes.add("/load", out -> schema = SchemaLoader.load(new JSONObject(text)));
    scenes.add("/validate", out -> out.write("" + isValid("{\"order\":{}}")));
  }

  private boolean isValid(String json) {
    try {
      schema.validate(new JSONObject(json));
      return true;
    } catch (ValidationException e) {
      return false;
    }
  }
}
