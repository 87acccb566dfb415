package dev.coldstart.it.library;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

/** Amazon Bedrock: Converse, and ConverseStream in the binary framing of AWS. */
final class BedrockAnswer {
  private static final String JSON = "application/json";

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
        "application/vnd.amazon.eventstream",
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
