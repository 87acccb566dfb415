package dev.coldstart.it.library;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Amazon Bedrock: Converse, and ConverseStream in the binary framing of AWS. */
final class BedrockAnswer {
  private static final String JSON = "application/json";
  private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";

  private BedrockAnswer() {}

  /** In words, after a thought, or a call of a tool when the request has some. */
  static ModelAnswer converse(Asked asked) {
    boolean tool = asked.says("\"toolSpec\"") && !asked.says("\"toolResult\"");
    String stop = tool ? "tool_use" : "end_turn";
    String use = "{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"today\"%s}}";
    if (!asked.streamed()) {
      String block = tool ? use.formatted(",\"input\":{}") : text("Hello there.");
      return ModelAnswer.whole(
          """
          {"output":{"message":{"role":"assistant","content":[\
          {"reasoningContent":{"reasoningText":{"text":"Hm"}}},%s]}},"stopReason":"%s",%s}"""
              .formatted(block, stop, usage(asked)));
    }
    return new ModelAnswer(
        EVENT_STREAM,
        List.of(
            frame("messageStart", "{\"role\":\"assistant\"}"),
            delta(0, "{\"reasoningContent\":{\"text\":\"Hm\"}}"),
            frame("contentBlockStop", "{\"contentBlockIndex\":0}")),
        List.of(
            tool
                ? frame(
                    "contentBlockStart",
                    "{\"contentBlockIndex\":1,\"start\":" + use.formatted("") + "}")
                : delta(1, text("Hello")),
            delta(1, tool ? "{\"toolUse\":{\"input\":\"{}\"}}" : text(" there.")),
            frame("contentBlockStop", "{\"contentBlockIndex\":1}"),
            frame("messageStop", "{\"stopReason\":\"" + stop + "\"}"),
            frame("metadata", "{" + usage(asked) + "}")));
  }

  /** What Anthropic's models answer when they are invoked; counts are in headers or at the end. */
  static ModelAnswer invoke(Asked asked) {
    if (!asked.streamed()) {
      return ModelAnswer.whole(
          """
          {"type":"message","role":"assistant","content":[{"type":"text","text":"Hello there."}]}""");
    }
    return new ModelAnswer(
        EVENT_STREAM,
        List.of(
            chunk(
                "{\"type\":\"message_start\",\"message\":{\"role\":\"assistant\",\"content\":[]}}"),
            chunk(anthropic("{\"type\":\"thinking_delta\",\"thinking\":\"Hm\"}"))),
        List.of(
            chunk(anthropic("{\"type\":\"text_delta\",\"text\":\"Hello\"}")),
            chunk(anthropic("{\"type\":\"text_delta\",\"text\":\" there.\"}")),
            chunk(
                """
                {"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":%d,\
                "outputTokenCount":%d,"cacheReadInputTokenCount":%d,\
                "cacheWriteInputTokenCount":%d}}"""
                    .formatted(
                        ModelAnswer.FRESH_TOKENS,
                        ModelAnswer.OUTPUT_TOKENS,
                        asked.read(),
                        asked.written()))));
  }

  /** Headers of an answer to invoke. */
  static Map<String, Integer> counts(Asked asked) {
    return Map.of(
        "X-Amzn-Bedrock-Input-Token-Count",
        ModelAnswer.FRESH_TOKENS,
        "X-Amzn-Bedrock-Output-Token-Count",
        ModelAnswer.OUTPUT_TOKENS,
        "X-Amzn-Bedrock-Cache-Read-Input-Token-Count",
        asked.read(),
        "X-Amzn-Bedrock-Cache-Write-Input-Token-Count",
        asked.written());
  }

  private static String anthropic(String delta) {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":" + delta + "}";
  }

  private static byte[] chunk(String json) {
    String bytes = Base64.getEncoder().encodeToString(ModelAnswer.bytes(json));
    return frame("chunk", "{\"bytes\":\"" + bytes + "\"}");
  }

  private static String usage(Asked asked) {
    return """
        "usage":{"inputTokens":%d,"outputTokens":%d,"totalTokens":%d,"cacheReadInputTokens":%d,\
        "cacheWriteInputTokens":%d},"metrics":{"latencyMs":1}"""
        .formatted(
            ModelAnswer.FRESH_TOKENS,
            ModelAnswer.OUTPUT_TOKENS,
            ModelAnswer.INPUT_TOKENS + ModelAnswer.OUTPUT_TOKENS,
            asked.read(),
            asked.written());
  }

  private static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  private static byte[] delta(int block, String delta) {
    return frame(
        "contentBlockDelta", "{\"contentBlockIndex\":" + block + ",\"delta\":" + delta + "}");
  }

  /** Lengths, their checksum, headers, payload, checksum of all. */
  private static byte[] frame(String event, String json) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":event-type", event);
    header(headers, ":content-type", JSON);
    header(headers, ":message-type", "event");
    byte[] payload = ModelAnswer.bytes(json);
    ByteBuffer frame = ByteBuffer.allocate(16 + headers.size() + payload.length);
    frame.putInt(frame.capacity()).putInt(headers.size());
    frame.putInt(checksum(frame.array(), frame.position()));
    frame.put(headers.toByteArray()).put(payload);
    frame.putInt(checksum(frame.array(), frame.position()));
    return frame.array();
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    int text = 7;
    out.write(name.length());
    out.writeBytes(ModelAnswer.bytes(name));
    out.write(text);
    out.write(0);
    out.write(value.length());
    out.writeBytes(ModelAnswer.bytes(value));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
