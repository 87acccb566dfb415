package dev.coldstart.it.app;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;

/**
 * Spring AI with a model server. Arguments: its URL without a path, names of providers.
 */
public final class SpringAiApp implements Scenes.App {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  public static final class Calendar {
    @Tool
    public String today() {
      return "Monday";
    }
  }

  /** Argument of a function that is a tool. */
  public record Place(String name) {}

  @Override
  public void prepare(Scenes scenes, String[] args) {
    for (String provider : List.of(args).subList(1, args.length)) {
      add(scenes, provider, SpringAiModels.chat(provider, args[0], SpringAiModels.name(provider)));
    }
    ChatModel model = SpringAiModels.chat("openai", args[0], "m-chat");
    scenes.add("/build", out -> ask(withTools(model)));
    scenes.add("/function", out -> ask(withFunction(model)));
    ToolCallbackResolver resolver = SpringAiModels.resolver(function("today"));
    scenes.add(
        "/resolve",
        out -> {
          for (String name : List.of("today", "weather", "nothing")) {
            out.write(" " + resolver.resolve(name));
          }
        });
    EmbeddingModel embedding = SpringAiModels.embedding(args[0]);
    scenes.add("/embed", out -> embedding.embed("Hello"));
    scenes.add("/dimensions", out -> out.write("" + embedding.dimensions()));
    scenes.add(
        "/output", out -> out.write(new BeanOutputConverter<>(Place.class).getJsonSchema()));
    scenes.add(
        "/checked",
        out ->
            ask(
                ChatClient.builder(model)
                    .defaultAdvisors(SpringAiChecks.of(Place.class))
                    .build()));
    ChatModel refused = SpringAiModels.chat("openai", args[0], "m-refused");
    scenes.add("/failing", out -> failing(ChatClient.create(refused), out));
  }

  private static void add(Scenes scenes, String provider, ChatModel model) {
    ChatClient client = ChatClient.create(model);
    ChatClient withTool = withTools(model);
    String name = SpringAiModels.name(provider);
    scenes.add("/" + provider + "/whole", out -> out.write(asked(client, name, out).call().content()));
    scenes.add(
        "/" + provider + "/stream", out -> stream(asked(client, name, out), out));
    scenes.add("/" + provider + "/tool", out -> out.write(ask(withTool)));
    scenes.add("/" + provider + "/tool-stream", out -> stream(withTool, out));
  }

  static ChatClient withTools(ChatModel model) {
    return ChatClient.builder(model)
        .defaultAdvisors(new SimpleLoggerAdvisor())
        .defaultTools(new Calendar())
        .build();
  }

  /** Two tools, one of them a function. */
  private static ChatClient withFunction(ChatModel model) {
    List<ToolCallback> calendar = List.of(ToolCallbacks.from(new Calendar()));
    return ChatClient.builder(model)
        .defaultToolCallbacks(function("weather"))
        .defaultToolCallbacks(calendar)
        .build();
  }

  private static ToolCallback function(String name) {
    return FunctionToolCallback.builder(name, (Place place) -> "sunny")
        .description("what it is like")
        .inputType(Place.class)
        .build();
  }

  private static String ask(ChatClient client) {
    return client.prompt("Hello").call().content();
  }

  private static ChatClientRequestSpec asked(ChatClient client, String model, Scenes.Answer out) {
    return SpringAiModels.with(client.prompt("Hello"), out.model(model));
  }

  static void stream(ChatClient client, Scenes.Answer out) {
    stream(client.prompt("Hello"), out);
  }

  private static void stream(ChatClientRequestSpec asked, Scenes.Answer out) {
    asked.stream().content().doOnNext(out::write).blockLast(LIMIT);
  }

  private static void failing(ChatClient client, Scenes.Answer out) {
    refused(() -> ask(client));
    refused(
        () -> {
          stream(client, out);
          return "";
        });
  }

  private static void refused(Supplier<String> call) {
    try {
      call.get();
    } catch (RuntimeException e) {
      // As it should be.
    }
  }
}
