package io.modelcontextprotocol.client;

/** Its methods are somewhere below it. */
public abstract class McpSyncClient {
  public abstract Object initialize();

  public abstract Object listTools();

  public abstract Object callTool(Object call);

  public static String a() {
    return "abstract";
  }
}
