package dev.coldstart.demo.backends;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the stand-in model says: a tool call when tools are offered and none has answered yet, else
 * a text that carries the tool's result.
 *
 * @param toolName null for a text answer
 * @param arguments JSON text of the tool call's arguments
 * @param pieces the tokens of a text answer, in order
 */
record ScriptedAnswer(String toolName, String arguments, List<String> pieces) {
  private static final Pattern WORD = Pattern.compile("\\p{L}+");
  private static final Pattern PIECE = Pattern.compile("\\s*\\S+");

  boolean isToolCall() {
    return toolName != null;
  }

  int tokens() {
    return isToolCall() ? 1 + arguments.length() / 4 : pieces.size();
  }

  static ScriptedAnswer to(ChatPrompt prompt) {
    if (prompt.toolResult() == null && !prompt.tools().isEmpty()) {
      JsonNode tool = bestTool(prompt);
      return new ScriptedAnswer(
          tool.path("name").asText(),
          ExampleArguments.of(tool.path("parameters"), prompt.question()).toString(),
          List.of());
    }
    String text =
        prompt.toolResult() == null
            ? "I am a stand-in model and no tool was offered to me."
            : "Here is what the tool says: " + plain(prompt.toolResult());
    List<String> pieces = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    while (piece.find()) {
      pieces.add(piece.group());
    }
    return new ScriptedAnswer(null, null, pieces);
  }

  /** The tool whose name and description share most words with the question; the first on a tie. */
  private static JsonNode bestTool(ChatPrompt prompt) {
    Set<String> asked = words(prompt.question());
    return prompt.tools().stream()
        .max(Comparator.comparingInt((JsonNode tool) -> score(tool, asked)))
        .orElseThrow();
  }

  private static int score(JsonNode tool, Set<String> asked) {
    Set<String> name = words(tool.path("name").asText().replace('_', ' '));
    Set<String> described = words(tool.path("description").asText());
    name.retainAll(asked);
    described.retainAll(asked);
    return 3 * name.size() + described.size();
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }

  /** Frameworks hand a tool's text over as it is or as JSON (a string, or MCP content parts). */
  private static String plain(String toolResult) {
    try {
      JsonNode json = StandInServer.JSON.readTree(toolResult);
      if (json.isTextual()) {
        return json.asText();
      }
      if (json.path(0).has("text")) {
        return json.path(0).path("text").asText();
      }
    } catch (JsonProcessingException e) {
      return toolResult;
    }
    return toolResult;
  }
}
