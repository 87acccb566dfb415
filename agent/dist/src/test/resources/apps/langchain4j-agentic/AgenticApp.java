package dev.coldstart.it.app;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.Map;

/** Agents made of two writers. Arguments: URL of the model, "job" to end. */
public final class AgenticApp implements Scenes.App {
  public interface Writer {
    @UserMessage("secret-prompt {{topic}}")
    @Agent("Writes")
    String write(@V("topic") String topic);
  }

  public interface Story {
    @Agent
    String tell(@V("topic") String topic);
  }

  private static final Map<String, Object> TOPIC = Map.of("topic", "secret-topic");

  private ChatModel chat;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    chat = OpenAiChatModel.builder().baseUrl(args[0]).apiKey("none").modelName("m-chat").build();
    Story sequence = sequence();
    UntypedAgent parallel =
        AgenticServices.parallelBuilder()
            .subAgents(writer("draft"), writer("story"))
            .outputKey("story")
            .build();
    if (args[1].equals("job")) {
      sequence.tell("secret-topic");
      parallel.invoke(TOPIC);
      writer("story").write("secret-topic");
      System.exit(0);
    }
    UntypedAgent loop =
        AgenticServices.loopBuilder()
            .subAgents(writer("story"))
            .maxIterations(3)
            .outputKey("story")
            .build();
    scenes.add("/sequence", out -> out.write(sequence.tell("secret-topic")));
    scenes.add("/loop", out -> out.write("" + loop.invoke(TOPIC)));
    scenes.add("/parallel", out -> out.write("" + parallel.invoke(TOPIC)));
    scenes.add("/built", out -> out.write(sequence().tell("secret-topic")));
  }

  private Story sequence() {
    return AgenticServices.sequenceBuilder(Story.class)
        .subAgents(writer("draft"), writer("story"))
        .outputKey("story")
        .build();
  }

  private Writer writer(String output) {
    return AgenticServices.agentBuilder(Writer.class).chatModel(chat).outputKey(output).build();
  }
}
