package dev.coldstart.demo.springai;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** Checks the model's arguments before a tool runs; the model gets to read what was wrong. */
record ValidatingToolCallback(ToolCallback tool, ArgumentSchemas schemas) implements ToolCallback {
  @Override
  public ToolDefinition getToolDefinition() {
    return tool.getToolDefinition();
  }

  @Override
  public ToolMetadata getToolMetadata() {
    return tool.getToolMetadata();
  }

  @Override
  public String call(String arguments) {
    return call(arguments, null);
  }

  @Override
  public String call(String arguments, ToolContext context) {
    var problems = schemas.problems(getToolDefinition().name(), arguments);
    return problems.isEmpty() ? tool.call(arguments, context) : "Invalid arguments: " + problems;
  }
}
