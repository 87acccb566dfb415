package dev.coldstart.it.app;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.events.Event;
import com.google.adk.models.Gemini;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.sessions.Session;
import com.google.adk.tools.FunctionTool;
import com.google.adk.tools.mcp.McpToolset;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Arrays;
import java.util.Map;

/** Agents of ADK with Gemini. Arguments: URL of the model, "job" to end, command of an MCP server. */
public final class AdkApp implements Scenes.App {
  private static final RunConfig WHOLE = RunConfig.builder().build();

  private Client client;

  public static final class Calendar {
    public Map<String, Object> today() {
      return Map.of("day", "secret-result");
    }
  }

  @Override
  public void prepare(Scenes scenes, String[] args) {
    client =
        Client.builder()
            .apiKey("none")
            .httpOptions(HttpOptions.builder().baseUrl(args[0]).build())
            .build();
    Gemini model = model("m-chat");
    InMemoryRunner plain = new InMemoryRunner(agent(model).build());
    if (args[1].equals("job")) {
      run(plain, WHOLE).blockingLast();
      run(plain, WHOLE).blockingLast();
      System.exit(0);
    }
    RunConfig streamed = RunConfig.builder().setStreamingMode(RunConfig.StreamingMode.SSE).build();
    InMemoryRunner withTool = new InMemoryRunner(agent(model).tools(today()).build());
    ServerParameters server =
        ServerParameters.builder(args[2]).args(Arrays.asList(args).subList(3, args.length)).build();
    scenes.add("/whole", out -> write(run(runner(out.model("m-chat")), WHOLE), out));
    scenes.add("/stream", out -> write(run(runner(out.model("m-chat")), streamed), out));
    scenes.add("/tool", out -> write(run(withTool, WHOLE), out));
    scenes.add("/tool-stream", out -> write(run(withTool, streamed), out));
    scenes.add("/build", out -> agent(model).tools(today()).build());
    scenes.add(
        "/mcp",
        out -> {
          McpToolset tools = new McpToolset(server);
          write(run(new InMemoryRunner(agent(model).tools(tools).build()), WHOLE), out);
          tools.close();
        });
    scenes.add(
        "/failing",
        out -> run(runner("m-refused"), WHOLE).onErrorComplete().blockingSubscribe());
  }

  private InMemoryRunner runner(String name) {
    return new InMemoryRunner(agent(model(name)).build());
  }

  private Gemini model(String name) {
    return new Gemini(name, client);
  }

  private static LlmAgent.Builder agent(Gemini model) {
    return LlmAgent.builder().name("calendar").model(model).instruction("secret-instruction");
  }

  private static FunctionTool today() {
    return FunctionTool.create(new Calendar(), "today");
  }

  private static Flowable<Event> run(InMemoryRunner runner, RunConfig config) {
    Session session = runner.sessionService().createSession(runner.appName(), "user").blockingGet();
    Content question = Content.fromParts(Part.fromText("secret-prompt"));
    return runner.runAsync("user", session.id(), question, config);
  }

  private static void write(Flowable<Event> events, Scenes.Answer out) {
    events.blockingForEach(
        event -> {
          if (!event.stringifyContent().contains("unction")) {
            out.write(event.stringifyContent());
          }
        });
  }
}
