package dev.coldstart.it.library;

import static dev.coldstart.it.library.ModelAnswer.FRESH_TOKENS;
import static dev.coldstart.it.library.ModelAnswer.INPUT_TOKENS;
import static dev.coldstart.it.library.ModelAnswer.OUTPUT_TOKENS;
import static dev.coldstart.it.library.ModelAnswer.PREFIX_TOKENS;
import static dev.coldstart.it.library.ModelAnswer.bytes;
import static dev.coldstart.it.library.ModelAnswer.event;
import static dev.coldstart.it.library.ModelAnswer.whole;

import java.util.ArrayList;
import java.util.List;

/** Answers of Anthropic and Gemini, as their API references document them. */
final class ProviderAnswer {
  private ProviderAnswer() {}

  /** The Messages API: thoughts in front when the request wants some, a tool call when it may. */
  static ModelAnswer anthropic(Asked asked) {
    boolean tool = asked.says("\"tools\":[{") && !asked.says("tool_result");
    String end = tool ? "tool_use" : "end_turn";
    String block =
        tool
            ? """
            {"type":"tool_use","id":"toolu_1","name":"today","input":{}}"""
            : """
            {"type":"text","text":"Hello there."}""";
    String head =
        """
        "id":"msg_1","type":"message","role":"assistant","model":"%s","stop_sequence":null,\
        "usage":{"input_tokens":%d,"cache_creation_input_tokens":%d,\
        "cache_read_input_tokens":%d,"output_tokens":%d},"""
            .formatted(
                asked.model(),
                FRESH_TOKENS,
                asked.written(),
                asked.read(),
                asked.streamed() ? 1 : OUTPUT_TOKENS);
    boolean thinks = asked.says("\"thinking\":{\"");
    if (!asked.streamed()) {
      String thought = thinks ? thinking("Hm.", "c2ln") + "," : "";
      return whole(
          "{" + head + "\"stop_reason\":\"" + end + "\",\"content\":[" + thought + block + "]}");
    }
    int index = thinks ? 1 : 0;
    List<byte[]> opening = new ArrayList<>();
    opening.add(
        event("message_start", "\"message\":{" + head + "\"content\":[],\"stop_reason\":null}"));
    if (thinks) {
      opening.add(event("content_block_start", block(0, thinking("", ""))));
      opening.add(delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}"));
      opening.add(delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"));
      opening.add(event("content_block_stop", "\"index\":0"));
    }
    if (!tool) {
      opening.add(event("content_block_start", block(index, "{\"type\":\"text\",\"text\":\"\"}")));
    }
    opening.add(event("ping", "\"x\":0"));
    return ModelAnswer.events(
        opening,
        List.of(
            tool
                ? event("content_block_start", block(index, block))
                : delta(index, textDelta("Hello")),
            tool
                ? delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}")
                : delta(index, textDelta(" there.")),
            event("content_block_stop", "\"index\":" + index),
            event(
                "message_delta",
                """
                "delta":{"stop_reason":"%s","stop_sequence":null},"usage":{"output_tokens":%d}"""
                    .formatted(end, OUTPUT_TOKENS)),
            event("message_stop", "\"x\":0")));
  }

  /**
   * generateContent: like every count of 0 in its JSON, that of a miss is left out. Thoughts come
   * first when the request wants some.
   */
  static ModelAnswer gemini(Asked asked) {
    String usage =
        """
        "usageMetadata":{"promptTokenCount":%d,"candidatesTokenCount":%d,"totalTokenCount":%d%s}"""
            .formatted(
                INPUT_TOKENS,
                OUTPUT_TOKENS,
                INPUT_TOKENS + OUTPUT_TOKENS,
                asked.hit() ? ",\"cachedContentTokenCount\":" + PREFIX_TOKENS : "");
    String last = ",\"finishReason\":\"STOP\"";
    boolean tool = asked.says("functionDeclarations") && !asked.says("functionResponse");
    String call = "{\"functionCall\":{\"name\":\"today\",\"args\":{}}}";
    String thought = "{\"text\":\"Hm.\",\"thought\":true}";
    boolean thinks = asked.says("includeThoughts");
    if (!asked.streamed()) {
      String parts = tool ? call : text("Hello there.");
      return whole(candidate(thinks ? thought + "," + parts : parts, last, usage));
    }
    return ModelAnswer.events(
        thinks ? List.of(crlf(candidate(thought, "", usage))) : List.of(),
        tool
            ? List.of(crlf(candidate(call, last, usage)))
            : List.of(
                crlf(candidate(text("Hello"), "", usage)),
                crlf(candidate(text(" there."), last, usage))));
  }

  /** batchEmbedContents of one text. */
  static ModelAnswer geminiEmbedding(Asked asked) {
    return whole("{\"embeddings\":[{\"values\":[0.6,0.8]}]}");
  }

  private static String thinking(String text, String signature) {
    return """
        {"type":"thinking","thinking":"%s","signature":"%s"}"""
        .formatted(text, signature);
  }

  private static String block(int index, String block) {
    return "\"index\":" + index + ",\"content_block\":" + block;
  }

  private static byte[] delta(int index, String delta) {
    return event("content_block_delta", "\"index\":" + index + ",\"delta\":" + delta);
  }

  private static String textDelta(String text) {
    return "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}";
  }

  private static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  private static String candidate(String parts, String end, String usage) {
    return """
        {"candidates":[{"content":{"parts":[%s],"role":"model"},"index":0%s}],%s,\
        "modelVersion":"m","responseId":"r1"}"""
        .formatted(parts, end, usage);
  }

  private static byte[] crlf(String json) {
    return bytes("data: " + json + "\r\n\r\n");
  }
}
