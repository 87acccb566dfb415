package dev.coldstart.it.app;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.bsc.langgraph4j.langchain4j.generators.StreamingChatGenerator;
import org.bsc.langgraph4j.langchain4j.tool.LC4jToolService;
import org.bsc.langgraph4j.spring.ai.tool.SpringAIToolService;
import org.bsc.langgraph4j.state.AgentState;
import org.bsc.langgraph4j.streaming.StreamingOutput;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.support.ToolCallbacks;

/** Graphs of one node that calls a model. Arguments: its URL, "job" to end, an MCP server. */
public final class LangGraph4jApp implements Scenes.App {
  private static final Map<String, Object> NOTHING = Map.of();

  public static final class Calendar {
    @Tool
    public String today(@P("secret-parameter") String zone) {
      return "Monday";
    }

    @Tool
    @org.springframework.ai.tool.annotation.Tool
    public String weather() {
      return "Sunny";
    }
  }

  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    ChatModel chat =
        OpenAiChatModel.builder().baseUrl(args[0]).apiKey("none").modelName("m-chat").build();
    StreamingChatModel streaming =
        OpenAiStreamingChatModel.builder().baseUrl(args[0]).apiKey("none").modelName("m-chat").build();
    CompiledGraph<AgentState> whole = graph(state -> Map.of("answer", chat.chat("secret-prompt")));
    CompiledGraph<AgentState> streamed = graph(state -> Map.of("answer", stream(streaming, state)));
    if (args[1].equals("job")) {
      whole.invoke(NOTHING);
      whole.invoke(NOTHING);
      streams(whole, streamed, graph(state -> fail(chat)));
      System.exit(0);
    }
    List<String> command = Arrays.asList(args).subList(2, args.length);
    scenes.add("/whole", out -> out.write(answer(whole)));
    scenes.add("/stream", out -> stream(streamed, out));
    scenes.add("/tool", out -> out.write(answer(toolGraph(chat))));
    scenes.add("/mcp", out -> mcp(command));
    scenes.add("/spring", out -> spring());
  }

  private static CompiledGraph<AgentState> graph(
      org.bsc.langgraph4j.action.NodeAction<AgentState> action) throws Exception {
    return new StateGraph<>(AgentState::new)
        .addNode("model", AsyncNodeAction.node_async(action))
        .addEdge(StateGraph.START, "model")
        .addEdge("model", StateGraph.END)
        .compile();
  }

  private static String answer(CompiledGraph<AgentState> graph) {
    return graph.invoke(NOTHING).orElseThrow().<String>value("answer").orElseThrow();
  }

  /** Built while it is asked: its schemas and its graph are the request's. */
  private static CompiledGraph<AgentState> toolGraph(ChatModel chat) throws Exception {
    LC4jToolService tools = LC4jToolService.builder().toolsFromObject(new Calendar()).build();
    return graph(
        state -> {
          UserMessage question = UserMessage.from("Hello");
          ChatRequest.Builder request =
              ChatRequest.builder().toolSpecifications(tools.toolSpecifications());
          AiMessage call = chat.chat(request.messages(question).build()).aiMessage();
          tools
              .execute(call.toolExecutionRequests(), InvocationContext.builder().build(), "result")
              .get();
          ToolExecutionResultMessage result =
              ToolExecutionResultMessage.from(call.toolExecutionRequests().get(0), "secret-result");
          return Map.of(
              "answer",
              chat.chat(request.messages(question, call, result).build()).aiMessage().text());
        });
  }

  private static StreamingChatGenerator<AgentState> stream(
      StreamingChatModel model, AgentState state) {
    StreamingChatGenerator<AgentState> generator =
        StreamingChatGenerator.<AgentState>builder()
            .mapResult(response -> Map.of("answer", response.aiMessage().text()))
            .startingNode("model")
            .startingState(state)
            .build();
    model.chat("Hello", generator.handler());
    return generator;
  }

  private static void stream(CompiledGraph<AgentState> graph, Scenes.Answer out) {
    for (var output : graph.stream(NOTHING)) {
      if (output instanceof StreamingOutput<?> part) {
        out.write(part.chunk());
      }
    }
  }

  private static void streams(
      CompiledGraph<AgentState> whole,
      CompiledGraph<AgentState> streamed,
      CompiledGraph<AgentState> failing)
      throws Exception {
    whole.stream(NOTHING);
    for (var output : whole.stream(NOTHING)) {
      output.node();
    }
    for (var output : streamed.stream(NOTHING)) {
      output.node();
    }
    whole.stream(NOTHING).forEachAsync(output -> output.node()).get();
    try {
      for (var output : failing.stream(NOTHING)) {
        output.node();
      }
      throw new AssertionError("it does not fail");
    } catch (RuntimeException e) {
      // As it should be.
    }
    var left = whole.stream(NOTHING, RunnableConfig.builder().build());
    var steps = left.iterator();
    while (steps.hasNext() && !steps.next().node().equals("model")) {}
    left.cancel(true);
  }

  private static Map<String, Object> fail(ChatModel chat) {
    chat.chat("secret-prompt");
    throw new IllegalStateException("secret-message");
  }

  private static void mcp(List<String> command) throws Exception {
    try (McpClient client =
        DefaultMcpClient.builder()
            .transport(new StdioMcpTransport.Builder().command(command).build())
            .build()) {
      LC4jToolService.builder().tool(client).build();
    }
  }

  private static void spring() throws Exception {
    SpringAIToolService tools =
        new SpringAIToolService(List.of(ToolCallbacks.from(new Calendar())));
    tools
        .executeFunctions(
            List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{}")), NOTHING, "x")
        .get();
  }
}
