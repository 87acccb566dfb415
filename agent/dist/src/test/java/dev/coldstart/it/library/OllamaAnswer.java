package dev.coldstart.it.library;

import java.util.List;

/** Ollama's chat, as lines of JSON. A miss stands for a model that had to be loaded. */
final class OllamaAnswer {
  static final long LOAD_NANOS = 70_000_000;

  private OllamaAnswer() {}

  /** In words, after a thought, or a call of a tool when the request has some. */
  static ModelAnswer chat(Asked asked) {
    boolean tool = asked.says("\"tools\":[{") && !asked.says("\"role\":\"tool\"");
    String call =
        """
        "content":"","tool_calls":[{"function":{"name":"today","arguments":{}}}]""";
    if (!asked.streamed()) {
      return ModelAnswer.whole(message(tool ? call : content("Hello there.")) + end(asked));
    }
    return new ModelAnswer(
        "application/x-ndjson",
        List.of(line(content("") + ",\"thinking\":\"Hm\"")),
        List.of(
            line(tool ? call : content("Hello")),
            line(content(tool ? "" : " there.")),
            ModelAnswer.bytes(message(content("")) + end(asked))));
  }

  private static String end(Asked asked) {
    return """
        "done_reason":"stop","done":true,"total_duration":90000000,"load_duration":%d,\
        "prompt_eval_count":%d,"prompt_eval_duration":1000,"eval_count":%d,"eval_duration":1000}
        """
        .formatted(
            asked.hit() ? 0 : LOAD_NANOS, ModelAnswer.INPUT_TOKENS, ModelAnswer.OUTPUT_TOKENS);
  }

  private static byte[] line(String fields) {
    return ModelAnswer.bytes(message(fields) + "\"done\":false}\n");
  }

  private static String content(String text) {
    return "\"content\":\"" + text + "\"";
  }

  private static String message(String fields) {
    return """
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant",%s},"""
        .formatted(fields);
  }
}
