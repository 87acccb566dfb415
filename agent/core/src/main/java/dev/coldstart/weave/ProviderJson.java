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

  /** What has counts: Bedrock's own, in the last part of a stream, and those of providers. */
  private static final String[] COUNTS = {"\"amazon-bedrock-invocationMetrics\"", "\"usage\":{"};

  /** What ends a stream (Anthropic, and those that are like OpenAI). */
  private static final String[] END = {"\"message_stop\"", "[DONE]"};

  private ProviderJson() {}

  static void read(ModelCall call, String json) {
    if (call.awaitsContent()) {
      if (json.indexOf(THOUGHT) < 0 && hasContent(json)) {
        call.content();
      } else if (firstOf(json, TOOL_CALL) >= 0) {
        call.toolCall();
      }
    }
    int counts = firstOf(json, COUNTS);
    if (counts >= 0) {
      call.usage(usage(json.substring(counts)), new Counted());
    }
    if (call.streaming() && firstOf(json, END) >= 0) {
      call.end(false);
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

  /** Where the first of these texts that is there begins, -1 when none is. */
  private static int firstOf(String json, String[] texts) {
    for (String text : texts) {
      int at = json.indexOf(text);
      if (at >= 0) {
        return at;
      }
    }
    return -1;
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
        number(json, "\"inputTokenCount\"", "\"input_tokens\"", "\"prompt_tokens\""),
        number(json, "\"cacheReadInputTokenCount\"", "\"cache_read_input_tokens\""),
        number(json, "\"cacheWriteInputTokenCount\"", "\"cache_creation_input_tokens\""),
        number(json, "\"outputTokenCount\"", "\"output_tokens\"", "\"completion_tokens\""));
  }

  private static final class Counted implements Usage.Reader {
    @Override
    public Usage read(Object usage) {
      return (Usage) usage;
    }
  }

  /** The number under the first of these keys that has one, null when none has. */
  private static Long number(String json, String... keys) {
    for (String key : keys) {
      int at = json.indexOf(key);
      Long number = at < 0 ? null : numberAt(json, skip(json, at + key.length(), ':'));
      if (number != null) {
        return number;
      }
    }
    return null;
  }

  private static Long numberAt(String json, int begin) {
    int from = begin;
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
