package dev.coldstart.demo.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;

/** Checks the model's arguments before a tool runs; the model gets to read what was wrong. */
final class ValidatingToolExecutor implements ToolExecutor {
  private final ToolExecutor tool;
  private final ArgumentSchemas schemas;

  ValidatingToolExecutor(ToolExecutor tool, ArgumentSchemas schemas) {
    this.tool = tool;
    this.schemas = schemas;
  }

  @Override
  public String execute(ToolExecutionRequest request, Object memoryId) {
    String rejection = rejection(request);
    return rejection == null ? tool.execute(request, memoryId) : rejection;
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, InvocationContext context) {
    String rejection = rejection(request);
    return rejection == null
        ? tool.executeWithContext(request, context)
        : ToolExecutionResult.builder().isError(true).resultText(rejection).build();
  }

  private String rejection(ToolExecutionRequest request) {
    var problems = schemas.problems(request.name(), request.arguments());
    return problems.isEmpty() ? null : "Invalid arguments: " + problems;
  }
}
