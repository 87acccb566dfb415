package dev.coldstart.demo.springai;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shop's contracts for tool arguments, fetched from the schema host at a tool's first use. */
class ArgumentSchemas {
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          options -> options.schemaLoader(loader -> loader.fetchRemoteResources()));
  private final Map<String, Schema> byTool = new ConcurrentHashMap<>();
  private final String baseUrl;

  ArgumentSchemas(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Empty when the arguments are valid. */
  List<Error> problems(String tool, String arguments) {
    return byTool.computeIfAbsent(tool, this::load).validate(arguments, InputFormat.JSON);
  }

  private Schema load(String tool) {
    return registry.getSchema("{\"$ref\": \"" + baseUrl + "/" + tool + ".json\"}");
  }
}
