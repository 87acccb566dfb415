package dev.coldstart.weave;

/**
 * What an answer, or a part of one, in the JSON of some provider holds. Bedrock passes on what each
 * model's provider speaks, so things are told by the names that providers use for them. One pass
 * per name, no tree; nothing of the text is kept.
 */
final class ProviderJson {
  /** Keys of text that a user may see. Thoughts have others: thinking, reasoning_content. */
  private static final String[] CONTENT = {
    "\"text\"", "\"content\"", "\"outputText\"", "\"generation\"", "\"completion\""
  };

  private static final String[] TOOL_CALL = {"\"tool_use\"", "\"toolUse\"", "\"tool_calls\":[{"};

  /** Nova's key of a thought, whose text has the usual one. */
  private static final String THOUGHT = "\"reasoningContent\"";

  /** In the last part of a stream. */
  private static final String COUNTS = "\"amazon-bedrock-invocationMetrics\"";

  private ProviderJson() {}

  static void read(ModelCall call, String json) {
    if (call.awaitsContent()) {
      if (json.indexOf(THOUGHT) < 0 && hasContent(json)) {
        call.content();
      } else if (hasToolCall(json)) {
        call.toolCall();
      }
    }
    int counts = json.indexOf(COUNTS);
    if (counts >= 0) {
      call.usage(usage(json.substring(counts)), new Counted());
    }
  }

  private static boolean hasContent(String json) {
    for (String key : CONTENT) {
      for (int at = json.indexOf(key); at >= 0; at = json.indexOf(key, at + 1)) {
        int value = skip(json, skip(json, at + key.length(), ':'), '"');
        if (value > 0 && value < json.length() && json.charAt(value) != '"') {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasToolCall(String json) {
    for (String key : TOOL_CALL) {
      if (json.indexOf(key) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The index after that character, blanks in front of it apart; -1 when another one is there. */
  private static int skip(String json, int from, char wanted) {
    int at = from;
    while (at >= 0 && at < json.length() && json.charAt(at) == ' ') {
      at++;
    }
    return at >= 0 && at < json.length() && json.charAt(at) == wanted ? at + 1 : -1;
  }

  private static Usage usage(String json) {
    return Usage.withCacheApart(
        number(json, "\"inputTokenCount\""),
        number(json, "\"cacheReadInputTokenCount\""),
        number(json, "\"cacheWriteInputTokenCount\""),
        number(json, "\"outputTokenCount\""));
  }

  private static final class Counted implements Usage.Reader {
    @Override
    public Usage read(Object usage) {
      return (Usage) usage;
    }
  }

  private static Long number(String json, String key) {
    int at = json.indexOf(key);
    int from = at < 0 ? -1 : skip(json, at + key.length(), ':');
    if (from < 0) {
      return null;
    }
    while (from < json.length() && json.charAt(from) == ' ') {
      from++;
    }
    int end = from;
    while (end < json.length() && Character.isDigit(json.charAt(end))) {
      end++;
    }
    return end == from ? null : (Long) Long.parseLong(json, from, end, 10);
  }
}
