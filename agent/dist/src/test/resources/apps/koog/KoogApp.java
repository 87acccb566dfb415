package dev.coldstart.it.app;

import ai.koog.agents.core.agent.AIAgent;
import ai.koog.agents.core.tools.ToolRegistry;
import ai.koog.agents.core.tools.annotations.Tool;
import ai.koog.agents.core.tools.reflect.ToolSet;
import ai.koog.http.client.ktor.KtorKoogHttpClient;
import ai.koog.prompt.executor.clients.ConnectionTimeoutConfig;
import ai.koog.prompt.executor.clients.openai.OpenAIClientSettings;
import ai.koog.prompt.executor.clients.openai.OpenAILLMClient;
import ai.koog.prompt.executor.llms.MultiLLMPromptExecutor;
import ai.koog.prompt.executor.model.PromptExecutor;
import ai.koog.prompt.llm.LLMCapability;
import ai.koog.prompt.llm.LLMProvider;
import ai.koog.prompt.llm.LLModel;
import java.util.List;

/** Agents of Koog, by its interface for Java. Arguments: URL of the model, "job" to end. */
public final class KoogApp implements Scenes.App {
  public static final class Calendar implements ToolSet {
    @Tool
    public String today() {
      return "secret-result";
    }
  }

  private PromptExecutor models;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    OpenAIClientSettings settings =
        new OpenAIClientSettings(
            args[0],
            new ConnectionTimeoutConfig(),
            "v1/chat/completions",
            "v1/responses",
            "v1/embeddings",
            "v1/moderations",
            "v1/models");
    models =
        new MultiLLMPromptExecutor(
            new OpenAILLMClient("none", settings, new KtorKoogHttpClient.Factory()));
    AIAgent<String, String> plain = agent("m-chat", ToolRegistry.builder().build());
    if (args[1].equals("job")) {
      plain.run("secret-prompt");
      agent("m-chat", ToolRegistry.builder().build()).run("secret-prompt");
      System.exit(0);
    }
    scenes.add("/whole", out -> out.write(agent("m-chat", none()).run("secret-prompt")));
    scenes.add("/tool", out -> out.write(agent("m-chat", tools()).run("secret-prompt")));
    scenes.add("/failing", out -> failing());
  }

  private void failing() {
    try {
      agent("m-refused", none()).run("secret-prompt");
    } catch (Exception e) {
      // As it should be.
    }
  }

  private static ToolRegistry none() {
    return ToolRegistry.builder().build();
  }

  private static ToolRegistry tools() {
    return ToolRegistry.builder().tools(new Calendar()).build();
  }

  private AIAgent<String, String> agent(String model, ToolRegistry tools) {
    return AIAgent.builder()
        .promptExecutor(models)
        .llmModel(
            new LLModel(
                LLMProvider.OpenAI,
                model,
                List.of(
                    LLMCapability.Completion.INSTANCE,
                    LLMCapability.Tools.INSTANCE,
                    LLMCapability.OpenAIEndpoint.Completions.INSTANCE)))
        .toolRegistry(tools)
        .build();
  }
}
