package dev.coldstart.demo.springai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.ai.mcp.McpToolsChangedEvent;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The tools of the two MCP servers. */
@Configuration(proxyBeanMethods = false)
@Lazy
class ToolConfiguration {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Bean
  McpSyncClient ordersClient(ShopProperties shop, ApplicationEventPublisher events) {
    URI url = URI.create(shop.ordersMcpUrl());
    return connect(
        "orders",
        HttpClientStreamableHttpTransport.builder(url.resolve("/").toString())
            .endpoint(url.getPath())
            .build(),
        events);
  }

  @Bean
  McpSyncClient weatherClient(
      ShopProperties shop, ObjectMapper json, ApplicationEventPublisher events)
      throws JsonProcessingException {
    String[] command = json.readValue(shop.weatherMcpCommand(), String[].class);
    ServerParameters server =
        ServerParameters.builder(command[0])
            .args(List.of(command).subList(1, command.length))
            .build();
    return connect(
        "weather", new StdioClientTransport(server, McpJsonDefaults.getMapper()), events);
  }

  @Bean
  SyncMcpToolCallbackProvider mcpTools(List<McpSyncClient> clients) {
    SyncMcpToolCallbackProvider tools =
        SyncMcpToolCallbackProvider.builder().mcpClients(clients).build();
    // While the bean is made: else all who wait for it would ask for the lists at once.
    tools.getToolCallbacks();
    return tools;
  }

  @Bean
  ArgumentSchemas argumentSchemas(ShopProperties shop) {
    return new ArgumentSchemas(shop.schemaUrl());
  }

  private static McpSyncClient connect(
      String name, McpClientTransport transport, ApplicationEventPublisher events) {
    McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(TIMEOUT)
            .initializationTimeout(TIMEOUT)
            .toolsChangeConsumer(
                tools -> events.publishEvent(new McpToolsChangedEvent(name, tools)))
            .build();
    client.initialize();
    return client;
  }
}
