package dev.coldstart.it.app;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;

/**
 * Calls agents before any server is up: a batch job, or a service that warms up. Arguments: the
 * model's URL, and "job" to end after that.
 */
public final class LangChain4jJobApp implements Scenes.App {
  interface Assistant {
    String summarise(String text);
  }

  public static final class Calendar {
    @Tool
    String today() {
      return "Monday";
    }
  }

  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    ChatModel chat =
        OpenAiChatModel.builder().baseUrl(args[0]).apiKey("none").modelName("m-chat").build();
    Assistant assistant =
        AiServices.builder(Assistant.class).chatModel(chat).tools(new Calendar()).build();
    assistant.summarise("secret-text");
    assistant.summarise("secret-text");
    LangChain4jApp.stream(
        OpenAiStreamingChatModel.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .modelName("m-chat")
            .build(),
        text -> {});
    if (args[1].equals("job")) {
      System.exit(0);
    }
    scenes.add("/chat", out -> out.write(assistant.summarise("Hello")));
  }
}
