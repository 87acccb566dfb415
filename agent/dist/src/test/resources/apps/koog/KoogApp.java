package dev.coldstart.it.app;

import ai.koog.agents.core.agent.AIAgent;
import ai.koog.agents.core.tools.ToolRegistry;
import ai.koog.agents.core.tools.annotations.Tool;
import ai.koog.agents.core.tools.reflect.ToolSet;
import ai.koog.http.client.ktor.KtorKoogHttpClient;
import ai.koog.prompt.Prompt;
import ai.koog.prompt.executor.clients.ConnectionTimeoutConfig;
import ai.koog.prompt.executor.clients.openai.OpenAIClientSettings;
import ai.koog.prompt.executor.clients.openai.OpenAILLMClient;
import ai.koog.prompt.executor.llms.MultiLLMPromptExecutor;
import ai.koog.prompt.executor.model.PromptExecutor;
import ai.koog.prompt.llm.LLMCapability;
import ai.koog.prompt.llm.LLMProvider;
import ai.koog.prompt.llm.LLModel;
import ai.koog.prompt.streaming.StreamFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Agents of Koog, by its interface for Java. Arguments: URL of the model, "job" to end. */
public final class KoogApp implements Scenes.App {
  public static final class Calendar implements ToolSet {
    @Tool
    public String today() {
      return "secret-result";
    }
  }

  /** Longer than what a TTFT may be off. */
  private static final int ASSEMBLED_MILLIS = 20;

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
    scenes.add("/whole", out -> out.write(agent(out.model("m-chat"), none()).run("secret-prompt")));
    scenes.add("/tool", out -> out.write(agent("m-chat", tools()).run("secret-prompt")));
    scenes.add("/stream", out -> stream(none(), out));
    scenes.add("/stream-tool", out -> stream(tools(), out));
    scenes.add("/stream-failing", out -> failing(() -> stream("m-refused", none(), out)));
    scenes.add("/failing", out -> failing(() -> agent("m-refused", none()).run("secret-prompt")));
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void failing(Call call) {
    try {
      call.run();
      throw new AssertionError("it does not fail");
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

  private void stream(ToolRegistry tools, Scenes.Answer out) throws Exception {
    stream(out.model("m-chat"), tools, out);
  }

  /** Assembled some time before it is collected. */
  private void stream(String model, ToolRegistry tools, Scenes.Answer out) throws Exception {
    Prompt prompt = Prompt.builder("secret-id").user("secret-prompt").build();
    Flow.Publisher<StreamFrame> frames =
        models.executeStreaming(
            prompt, model(model), tools.getTools().stream().map(tool -> tool.getDescriptor()).toList());
    Thread.sleep(ASSEMBLED_MILLIS);
    CompletableFuture<Void> done = new CompletableFuture<>();
    frames.subscribe(new Writer(out, done));
    done.get();
  }

  private record Writer(Scenes.Answer out, CompletableFuture<Void> done)
      implements Flow.Subscriber<StreamFrame> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(StreamFrame frame) {
      if (frame instanceof StreamFrame.TextDelta text) {
        out.write(text.getText());
      }
    }

    @Override
    public void onError(Throwable thrown) {
      done.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      done.complete(null);
    }
  }

  private AIAgent<String, String> agent(String model, ToolRegistry tools) {
    return AIAgent.builder()
        .promptExecutor(models)
        .llmModel(model(model))
        .toolRegistry(tools)
        .build();
  }

  private static LLModel model(String name) {
    return new LLModel(
        LLMProvider.OpenAI,
        name,
        List.of(
            LLMCapability.Completion.INSTANCE,
            LLMCapability.Tools.INSTANCE,
            LLMCapability.OpenAIEndpoint.Completions.INSTANCE));
  }
}
