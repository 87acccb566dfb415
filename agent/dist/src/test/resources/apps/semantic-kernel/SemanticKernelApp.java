package dev.coldstart.it.app;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.core.http.HttpPipelineBuilder;
import com.microsoft.semantickernel.Kernel;
import com.microsoft.semantickernel.aiservices.openai.chatcompletion.OpenAIChatCompletion;
import com.microsoft.semantickernel.orchestration.InvocationContext;
import com.microsoft.semantickernel.orchestration.ToolCallBehavior;
import com.microsoft.semantickernel.plugin.KernelPlugin;
import com.microsoft.semantickernel.plugin.KernelPluginFactory;
import com.microsoft.semantickernel.semanticfunctions.annotations.DefineKernelFunction;
import com.microsoft.semantickernel.services.chatcompletion.ChatCompletionService;
import com.microsoft.semantickernel.services.chatcompletion.ChatMessageContent;
import java.util.List;
import reactor.core.publisher.Mono;

/** Chats and plugins of Semantic Kernel. Argument: the URL of a model. */
public final class SemanticKernelApp implements Scenes.App {
  private OpenAIAsyncClient client;

  public static final class Calendar {
    @DefineKernelFunction(name = "today", description = "Tells the day")
    public String today() {
      return "secret-result";
    }

    @DefineKernelFunction(
        name = "later",
        description = "Tells it later",
        returnType = "java.lang.String")
    public Mono<String> later() {
      return Mono.just("secret-result").delayElement(java.time.Duration.ofMillis(5));
    }
  }

  @Override
  public void prepare(Scenes scenes, String[] args) {
    // Its own pipeline would want to send a key, which it does over TLS only.
    client =
        new OpenAIClientBuilder()
            .endpoint(args[0])
            .pipeline(new HttpPipelineBuilder().build())
            .buildAsyncClient();
    ChatCompletionService chat = chat("m-chat");
    Kernel plain = Kernel.builder().build();
    Kernel withTools = kernel(chat);
    scenes.add("/whole", out -> write(chat(out.model("m-chat")), plain, null, out));
    scenes.add("/tool", out -> write(chat, withTools, tools(), out));
    scenes.add(
        "/stream",
        out ->
            chat(out.model("m-chat"))
                .getStreamingChatMessageContentsAsync("secret-prompt", plain, null)
                .doOnNext(part -> out.write(part.getContent() == null ? "" : part.getContent()))
                .blockLast());
    scenes.add("/build", out -> kernel(chat));
    scenes.add(
        "/functions",
        out -> {
          out.write(invoked(withTools, "today"));
          out.write(invoked(withTools, "later"));
        });
    scenes.add(
        "/failing",
        out -> chat("m-refused").getChatMessageContentsAsync("Hello", plain, null).onErrorComplete().block());
  }

  private ChatCompletionService chat(String model) {
    return OpenAIChatCompletion.builder().withModelId(model).withOpenAIAsyncClient(client).build();
  }

  private static Kernel kernel(ChatCompletionService chat) {
    KernelPlugin calendar = KernelPluginFactory.createFromObject(new Calendar(), "calendar");
    return Kernel.builder()
        .withAIService(ChatCompletionService.class, chat)
        .withPlugin(calendar)
        .build();
  }

  private static InvocationContext tools() {
    return InvocationContext.builder()
        .withToolCallBehavior(ToolCallBehavior.allowAllKernelFunctions(true))
        .build();
  }

  private static void write(
      ChatCompletionService chat, Kernel kernel, InvocationContext context, Scenes.Answer out) {
    List<ChatMessageContent<?>> answer =
        chat.getChatMessageContentsAsync("secret-prompt", kernel, context).block();
    out.write(answer.get(answer.size() - 1).getContent());
  }

  private static String invoked(Kernel kernel, String function) {
    return kernel
        .getPlugin("calendar")
        .<String>get(function)
        .invokeAsync(kernel)
        .withResultType(String.class)
        .block()
        .getResult();
  }
}
