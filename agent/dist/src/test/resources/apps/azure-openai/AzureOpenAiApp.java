package dev.coldstart.it.app;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionStreamOptions;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinition;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinitionFunction;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.ChatResponseMessage;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import java.util.List;

/** Every way to call a model with Azure's client for OpenAI. Argument: the URL of the server. */
public final class AzureOpenAiApp implements Scenes.App {
  private OpenAIClient client;
  private OpenAIAsyncClient async;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    // Its own pipeline would want to send a key, which it does over TLS only.
    OpenAIClientBuilder builder =
        new OpenAIClientBuilder()
            .endpoint(args[0])
            .pipeline(new HttpPipelineBuilder().policies(new RetryPolicy()).build());
    client = builder.buildClient();
    async = builder.buildAsyncClient();
    scenes.add("/whole", out -> text(client.getChatCompletions(out.model("m-z"), words()), out));
    scenes.add("/stream", out -> stream(out.model("m-z"), words(), out));
    scenes.add(
        "/async",
        out ->
            async
                .getChatCompletions(out.model("m-z"), words())
                .doOnNext(answer -> text(answer, out))
                .block());
    scenes.add(
        "/async-stream",
        out ->
            async
                .getChatCompletionsStream(out.model("m-z"), words(), usage())
                .doOnNext(part -> text(part, out))
                .blockLast());
    scenes.add(
        "/response",
        out ->
            text(
                client
                    .getChatCompletionsWithResponse("m-z", words(), new RequestOptions())
                    .getValue(),
                out));
    scenes.add("/iterated", this::iterated);
    scenes.add("/tool", out -> client.getChatCompletions("m-z", tool()));
    scenes.add("/tool-stream", out -> stream("m-z", tool(), out));
    scenes.add("/failing", out -> failing());
    scenes.add("/embed", out -> client.getEmbeddings("m-e", new EmbeddingsOptions(List.of("a"))));
    scenes.add(
        "/repeated", out -> text(client.getChatCompletions("m-1-flaky", words()), out));
  }

  private static ChatCompletionsOptions words() {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hello")));
  }

  private static ChatCompletionStreamOptions usage() {
    return new ChatCompletionStreamOptions().setIncludeUsage(true);
  }

  private static ChatCompletionsOptions tool() {
    return words()
        .setTools(
            List.of(
                new ChatCompletionsFunctionToolDefinition(
                    new ChatCompletionsFunctionToolDefinitionFunction("today")
                        .setParameters(BinaryData.fromString("{\"type\":\"object\"}")))));
  }

  private void stream(String model, ChatCompletionsOptions options, Scenes.Answer out) {
    client
        .getChatCompletionsStream(model, options, usage())
        .stream()
        .forEach(part -> text(part, out));
  }

  private void iterated(Scenes.Answer out) {
    for (ChatCompletions part : client.getChatCompletionsStream("m-z", words(), usage())) {
      text(part, out);
    }
  }

  private void failing() {
    try {
      client.getChatCompletions("m-refused", words());
    } catch (RuntimeException e) {
      // As it should be; so are the others.
    }
    try {
      stream("m-refused", words(), null);
    } catch (RuntimeException e) {
      // Refused before the first part.
    }
    try {
      async.getChatCompletionsStream("m-refused", words(), usage()).blockLast();
    } catch (RuntimeException e) {
      // No part came.
    }
  }

  private static void text(ChatCompletions answer, Scenes.Answer out) {
    if (!answer.getChoices().isEmpty()) {
      ChatResponseMessage message = answer.getChoices().get(0).getMessage();
      if (message == null) {
        message = answer.getChoices().get(0).getDelta();
      }
      if (message != null && message.getContent() != null && !message.getContent().isEmpty()) {
        out.write(message.getContent());
      }
    }
  }
}
