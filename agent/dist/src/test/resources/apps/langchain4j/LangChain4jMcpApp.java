package dev.coldstart.it.app;

import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.http.HttpMcpTransport;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.util.ArrayList;
import java.util.List;

/** An agent with MCP tools. Arguments: URLs of a model and of MCP servers, command of another. */
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
          kept = client("tools", new StdioMcpTransport.Builder().command(command).build());
          out.write(assistant(model, kept).chat("Hello"));
        });
    scenes.add("/again", out -> out.write(assistant(model, kept).chat("Hello")));
    scenes.add("/http", out -> ask(model, http(args[1] + "/mcp"), out));
    scenes.add(
        "/sse",
        out -> ask(model, new HttpMcpTransport.Builder().sseUrl(args[1] + "/sse").build(), out));
    scenes.add(
        "/list",
        out -> {
          try (McpClient client =
              client("tools", new StdioMcpTransport.Builder().command(command).build())) {
            client.listTools();
          }
        });
    scenes.add(
        "/several",
        out -> {
          List<McpClient> clients = new ArrayList<>();
          for (String server : List.of("slow-1", "slow-2", "slow-3")) {
            clients.add(client(server, http(args[1] + "/" + server + "/mcp")));
          }
          out.write(assistant(model, clients.toArray(new McpClient[0])).chat("Hello"));
          for (McpClient client : clients) {
            client.close();
          }
        });
  }

  private static void ask(OpenAiChatModel model, McpTransport transport, Scenes.Answer out)
      throws Exception {
    try (McpClient client = client("tools", transport)) {
      out.write(assistant(model, client).chat("Hello"));
    }
  }

  private static McpTransport http(String url) {
    return StreamableHttpMcpTransport.builder().url(url).build();
  }

  private static McpClient client(String key, McpTransport transport) {
    return DefaultMcpClient.builder().key(key).transport(transport).build();
  }

  private static Assistant assistant(OpenAiChatModel model, McpClient... clients) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .toolProvider(McpToolProvider.builder().mcpClients(clients).build())
        .build();
  }
}
