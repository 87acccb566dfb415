package dev.coldstart.it.app;

import com.embabel.agent.api.annotation.AchievesGoal;
import com.embabel.agent.api.annotation.Action;
import com.embabel.agent.api.annotation.Agent;
import com.embabel.agent.api.annotation.LlmTool;
import com.embabel.agent.api.annotation.support.AgentMetadataReader;
import com.embabel.agent.api.tool.Tool;
import com.embabel.agent.api.tool.ToolCallContext;
import com.embabel.agent.domain.io.UserInput;
import com.embabel.agent.spi.loop.ExitOnEmptyPolicy;
import com.embabel.agent.spi.loop.ImmediateThrowPolicy;
import com.embabel.agent.spi.loop.LlmMessageSender;
import com.embabel.agent.spi.loop.ToolInjectionStrategy;
import com.embabel.agent.spi.loop.support.DefaultToolLoop;
import com.embabel.agent.spi.support.springai.SpringAiLlmMessageSender;
import com.embabel.chat.UserMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;

/** Parts of Embabel, without its platform. Argument: URL of the model. */
public final class EmbabelApp implements Scenes.App {
  public static final class Calendar {
    @LlmTool(description = "Tells the day")
    public String today() {
      return "secret-result";
    }

    @LlmTool(description = "Tells the weather")
    public String weather(String place) {
      return "secret-result";
    }
  }

  @Agent(description = "Writes")
  public static final class Clerk {
    @AchievesGoal(description = "A note is written")
    @Action
    public Note write(UserInput input) {
      return new Note(input.getContent());
    }
  }

  public record Note(String text) {}

  private static final int MAX_ROUNDS = 5;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add("/tools", out -> out.write("" + tools().size()));
    scenes.add("/agent", out -> out.write(new AgentMetadataReader().createAgentMetadata(new Clerk()).getName()));
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .openAiApi(OpenAiApi.builder().baseUrl(args[0]).apiKey("none").build())
            .build();
    scenes.add("/round", out -> out.write(round(model)));
    scenes.add("/call", out -> tools().forEach(tool -> tool.call("{\"place\":\"secret-place\"}")));
  }

  /** As its platform runs a prompt with tools: until the model calls no more of them. */
  private static String round(OpenAiChatModel model) {
    LlmMessageSender sender =
        new SpringAiLlmMessageSender(
            model,
            OpenAiChatOptions.builder().model("m-chat").build(),
            content -> content,
            (options, request, support, metadata) -> options,
            null,
            null);
    return new DefaultToolLoop(
            sender,
            new ObjectMapper(),
            ToolInjectionStrategy.Companion.getNONE(),
            MAX_ROUNDS,
            tool -> tool,
            List.of(),
            List.of(),
            List.of(),
            ToolCallContext.EMPTY,
            ImmediateThrowPolicy.INSTANCE,
            ExitOnEmptyPolicy.INSTANCE)
        .execute(List.of(new UserMessage("secret-prompt")), tools(), text -> text)
        .getResult();
  }

  private static List<Tool> tools() {
    return Tool.fromInstance(new Calendar());
  }
}
