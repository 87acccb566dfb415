package dev.coldstart.demo.langchain4j;

import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.store.embedding.chroma.ChromaApiVersion;
import dev.langchain4j.store.embedding.chroma.ChromaEmbeddingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The assistant with all that it needs, built when the first question comes and kept after it. */
final class Agent implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String API_KEY = "not-needed";

  private final ServiceConfig config;
  private final List<DefaultMcpClient> mcpClients = new ArrayList<>();
  private Assistant assistant;
  private long toolsListedNs;

  Agent(ServiceConfig config) {
    this.config = config;
  }

  TokenStream chat(String question) {
    return assistant().chat(question);
  }

  private synchronized Assistant assistant() {
    if (assistant == null) {
      assistant =
          AiServices.builder(Assistant.class)
              .streamingChatModel(
                  OpenAiStreamingChatModel.builder()
                      .baseUrl(config.modelUrl())
                      .apiKey(API_KEY)
                      .modelName("gpt-4o-mini")
                      .timeout(TIMEOUT)
                      .build())
              .tools(new ShopCalendar())
              .toolProvider(mcpTools())
              .contentRetriever(handbook())
              .build();
      // While the lock is held: else all who wait for it would ask for the lists at once.
      mcpClients.forEach(DefaultMcpClient::listTools);
      toolsListedNs = System.nanoTime();
    }
    forgetOldTools();
    return assistant;
  }

  /** Not every server tells when its tools change. */
  private void forgetOldTools() {
    long now = System.nanoTime();
    if (now - toolsListedNs > config.toolListTtl().toNanos()) {
      toolsListedNs = now;
      mcpClients.forEach(DefaultMcpClient::evictToolListCache);
    }
  }

  private ToolProvider mcpTools() {
    ArgumentSchemas schemas = new ArgumentSchemas(config.schemaUrl());
    return McpToolProvider.builder()
        .mcpClients(
            connect(
                "orders",
                StreamableHttpMcpTransport.builder()
                    .url(config.ordersMcpUrl())
                    .timeout(TIMEOUT)
                    .build()),
            connect(
                "weather", StdioMcpTransport.builder().command(config.weatherMcpCommand()).build()))
        .toolWrapper(executor -> new ValidatingToolExecutor(executor, schemas))
        .build();
  }

  private McpClient connect(String key, McpTransport transport) {
    DefaultMcpClient client =
        DefaultMcpClient.builder()
            .key(key)
            .transport(transport)
            .initializationTimeout(TIMEOUT)
            .toolExecutionTimeout(TIMEOUT)
            .build();
    mcpClients.add(client);
    return client;
  }

  private ContentRetriever handbook() {
    EmbeddingModel embeddingModel =
        OpenAiEmbeddingModel.builder()
            .baseUrl(config.modelUrl())
            .apiKey(API_KEY)
            .modelName("text-embedding-3-small")
            .timeout(TIMEOUT)
            .build();
    return EmbeddingStoreContentRetriever.builder()
        .embeddingModel(embeddingModel)
        .embeddingStore(
            ChromaEmbeddingStore.builder()
                .apiVersion(ChromaApiVersion.V2)
                .baseUrl(config.chromaUrl())
                .tenantName("default_tenant")
                .databaseName("default_database")
                .collectionName(config.collection())
                .timeout(TIMEOUT)
                .build())
        .maxResults(2)
        .build();
  }

  @Override
  public synchronized void close() {
    for (McpClient client : mcpClients) {
      try {
        client.close();
      } catch (Exception e) {
        // The next one must still be closed: a stdio server is a child process.
        LOG.log(System.Logger.Level.WARNING, "closing " + client.key(), e);
      }
    }
  }
}
