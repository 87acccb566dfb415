package dev.coldstart.it.app;

import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.util.List;

/** An agent with MCP tools. Arguments: URLs of a model and an MCP server, command of another. */
public final class LangChain4jMcpApp implements Scenes.App {
  private McpClient kept;

  interface Assistant {
    String chat(String question);
  }

  @Override
  public void prepare(Scenes scenes, String[] args) {
    List<String> command = List.of(args).subList(2, args.length);
    OpenAiChatModel model =
        OpenAiChatModel.builder().baseUrl(args[0]).apiKey("none").modelName("m-chat").build();
    scenes.add(
        "/stdio",
        out -> {
          kept = client(new StdioMcpTransport.Builder().command(command).build());
          out.write(assistant(model, kept).chat("Hello"));
        });
    scenes.add("/again", out -> out.write(assistant(model, kept).chat("Hello")));
    scenes.add(
        "/http",
        out -> {
          try (McpClient client =
              client(StreamableHttpMcpTransport.builder().url(args[1] + "/mcp").build())) {
            out.write(assistant(model, client).chat("Hello"));
          }
        });
  }

  private static McpClient client(McpTransport transport) {
    return DefaultMcpClient.builder().key("tools").transport(transport).build();
  }

  private static Assistant assistant(OpenAiChatModel model, McpClient client) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .toolProvider(McpToolProvider.builder().mcpClients(client).build())
        .build();
  }
}
