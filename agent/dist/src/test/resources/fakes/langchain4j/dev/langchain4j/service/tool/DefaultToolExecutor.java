package dev.langchain4j.service.tool;

/** Calls a tool that does nothing. */
public final class DefaultToolExecutor {
  public String execute(Object request, Object memoryId) {
    return "s3cr3t-result";
  }
}
