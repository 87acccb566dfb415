package dev.coldstart.demo.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What the stand-in model reads from a chat-completions request.
 *
 * @param prefixKey hash of model, tools and leading system messages: what a prompt cache would
 *     reuse
 * @param question first line of the last user message; retrieval puts its context below it
 * @param toolResult text of the last tool message after that user message, or null
 */
record ChatPrompt(
    String model,
    boolean stream,
    boolean includeUsage,
    String prefixKey,
    int prefixTokens,
    int promptTokens,
    String question,
    String toolResult,
    List<JsonNode> tools) {

  static ChatPrompt of(JsonNode request) {
    StringBuilder prefix = new StringBuilder(request.path("model").asText());
    prefix.append(request.path("tools"));
    List<JsonNode> messages = new ArrayList<>();
    request.path("messages").forEach(messages::add);
    for (JsonNode message : messages) {
      String role = message.path("role").asText();
      if (!role.equals("system") && !role.equals("developer")) {
        break;
      }
      prefix.append(message);
    }
    String question = "";
    String toolResult = null;
    int promptCharacters = request.path("tools").toString().length();
    for (JsonNode message : messages) {
      String text = text(message.path("content"));
      promptCharacters += text.length();
      switch (message.path("role").asText()) {
        case "user" -> {
          question = text.strip().lines().findFirst().orElse("");
          toolResult = null;
        }
        case "tool" -> toolResult = text;
        default -> {}
      }
    }
    List<JsonNode> tools = new ArrayList<>();
    request.path("tools").forEach(tool -> tools.add(tool.path("function")));
    return new ChatPrompt(
        request.path("model").asText("stand-in"),
        request.path("stream").asBoolean(),
        request.path("stream_options").path("include_usage").asBoolean(),
        sha256(prefix.toString()),
        tokens(prefix.length()),
        Math.max(tokens(prefix.length()), tokens(promptCharacters)),
        question,
        toolResult,
        tools);
  }

  /** Content is a string or a list of parts. */
  private static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder joined = new StringBuilder();
    content.forEach(part -> joined.append(part.path("text").asText("")));
    return joined.toString();
  }

  private static int tokens(int characters) {
    return (characters + 3) / 4;
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
