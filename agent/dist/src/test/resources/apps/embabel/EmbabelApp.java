package dev.coldstart.it.app;

import com.embabel.agent.api.annotation.LlmTool;
import com.embabel.agent.api.tool.Tool;
import java.util.List;

/** Tools of Embabel, without an agent. */
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

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add("/tools", out -> out.write("" + tools().size()));
    scenes.add("/call", out -> tools().forEach(tool -> tool.call("{\"place\":\"secret-place\"}")));
  }

  private static List<Tool> tools() {
    return Tool.fromInstance(new Calendar());
  }
}
