package dev.coldstart.demo.langchain4j;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The shop's contracts for tool arguments, fetched from the schema host at a tool's first use. */
final class ArgumentSchemas {
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> byTool = new ConcurrentHashMap<>();
  private final String baseUrl;

  ArgumentSchemas(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Empty when the arguments are valid. */
  Set<ValidationMessage> problems(String tool, String arguments) {
    return byTool.computeIfAbsent(tool, this::load).validate(arguments, InputFormat.JSON);
  }

  private JsonSchema load(String tool) {
    return factory.getSchema("{\"$ref\": \"" + baseUrl + "/" + tool + ".json\"}");
  }
}
