package dev.coldstart.demo.springai;

import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/** The tools of the MCP servers, asked for again after a while, with validated arguments. */
final class ShopTools implements ToolCallbackProvider {
  private final SyncMcpToolCallbackProvider mcpTools;
  private final ArgumentSchemas schemas;
  private final long ttlNs;
  private long listedNs = System.nanoTime();

  ShopTools(SyncMcpToolCallbackProvider mcpTools, ArgumentSchemas schemas, Duration ttl) {
    this.mcpTools = mcpTools;
    this.schemas = schemas;
    ttlNs = ttl.toNanos();
  }

  @Override
  public ToolCallback[] getToolCallbacks() {
    forgetOldTools();
    return Stream.of(mcpTools.getToolCallbacks())
        .map(tool -> new ValidatingToolCallback(tool, schemas))
        .toArray(ToolCallback[]::new);
  }

  /** Not every server tells when its tools change. */
  private synchronized void forgetOldTools() {
    long now = System.nanoTime();
    if (now - listedNs > ttlNs) {
      listedNs = now;
      mcpTools.invalidateCache();
    }
  }
}
