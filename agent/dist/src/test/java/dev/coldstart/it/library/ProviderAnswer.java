package dev.coldstart.it.library;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One answer in the wire format of a provider, as its API reference documents it.
 *
 * @param opening leaves at once; none of its content is part of the answer
 * @param rest the answer, or what is left of it
 */
record ProviderAnswer(String contentType, List<byte[]> opening, List<byte[]> rest) {
  /** What neither is read from a cache nor written to it. */
  static final int FRESH_TOKENS = 20;

  static final int PREFIX_TOKENS = 1_000;
  static final int OUTPUT_TOKENS = 3;
  static final long LOAD_NANOS = 70_000_000;

  private static final String JSON = "application/json";
  private static final String SSE = "text/event-stream";

  /** The Messages API. */
  static ProviderAnswer anthropic(boolean hit, boolean streamed) {
    String head =
        """
        "id":"msg_1","type":"message","role":"assistant","model":"m","stop_sequence":null,\
        "usage":{"input_tokens":%d,"cache_creation_input_tokens":%d,\
        "cache_read_input_tokens":%d,"output_tokens":%d},"""
            .formatted(FRESH_TOKENS, written(hit), read(hit), streamed ? 1 : OUTPUT_TOKENS);
    if (!streamed) {
      return whole(
          "{"
              + head
              + """
              "stop_reason":"end_turn","content":[{"type":"text","text":"Hello there."}]}""");
    }
    return new ProviderAnswer(
        SSE,
        List.of(
            event("message_start", "\"message\":{" + head + "\"content\":[],\"stop_reason\":null}"),
            event(
                "content_block_start",
                "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
            event("ping", "\"x\":0")),
        List.of(
            event("content_block_delta", "\"index\":0,\"delta\":" + textDelta("Hello")),
            event("content_block_delta", "\"index\":0,\"delta\":" + textDelta(" there.")),
            event("content_block_stop", "\"index\":0"),
            event(
                "message_delta",
                """
                "delta":{"stop_reason":"end_turn","stop_sequence":null},\
                "usage":{"output_tokens":%d}"""
                    .formatted(OUTPUT_TOKENS)),
            event("message_stop", "\"x\":0")));
  }

  /** A call of the tool "today". */
  static ProviderAnswer anthropicTool(boolean streamed) {
    String use = "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"today\",\"input\":{}}";
    String head =
        """
        "id":"msg_1","type":"message","role":"assistant","model":"m","stop_sequence":null,\
        "usage":{"input_tokens":%d,"output_tokens":%d},"""
            .formatted(FRESH_TOKENS, OUTPUT_TOKENS);
    if (!streamed) {
      return whole("{" + head + "\"stop_reason\":\"tool_use\",\"content\":[" + use + "]}");
    }
    return new ProviderAnswer(
        SSE,
        List.of(
            event(
                "message_start", "\"message\":{" + head + "\"content\":[],\"stop_reason\":null}")),
        List.of(
            event("content_block_start", "\"index\":0,\"content_block\":" + use),
            event(
                "content_block_delta",
                "\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}"),
            event("content_block_stop", "\"index\":0"),
            event(
                "message_delta",
                """
                "delta":{"stop_reason":"tool_use","stop_sequence":null},\
                "usage":{"output_tokens":%d}"""
                    .formatted(OUTPUT_TOKENS)),
            event("message_stop", "\"x\":0")));
  }

  /** generateContent: like every count of 0 in its JSON, that of a miss is left out. */
  static ProviderAnswer gemini(boolean hit, boolean streamed) {
    String usage =
        """
        "usageMetadata":{"promptTokenCount":%d,"candidatesTokenCount":%d,"totalTokenCount":%d%s}"""
            .formatted(
                FRESH_TOKENS + PREFIX_TOKENS,
                OUTPUT_TOKENS,
                FRESH_TOKENS + PREFIX_TOKENS + OUTPUT_TOKENS,
                hit ? ",\"cachedContentTokenCount\":" + PREFIX_TOKENS : "");
    String last = ",\"finishReason\":\"STOP\"";
    if (!streamed) {
      return whole(candidate("Hello there.", last, usage));
    }
    return new ProviderAnswer(
        SSE,
        List.of(),
        List.of(
            bytes("data: " + candidate("Hello", "", usage) + "\r\n\r\n"),
            bytes("data: " + candidate(" there.", last, usage) + "\r\n\r\n")));
  }

  /** Chat, as lines of JSON; a miss stands for a model that had to be loaded. */
  static ProviderAnswer ollama(boolean hit, boolean streamed) {
    String end =
        """
        "done_reason":"stop","done":true,"total_duration":90000000,"load_duration":%d,\
        "prompt_eval_count":%d,"prompt_eval_duration":1000,"eval_count":%d,"eval_duration":1000}
        """
            .formatted(hit ? 0 : LOAD_NANOS, FRESH_TOKENS + PREFIX_TOKENS, OUTPUT_TOKENS);
    if (!streamed) {
      return whole(line("Hello there.") + end);
    }
    return new ProviderAnswer(
        "application/x-ndjson",
        List.of(),
        List.of(
            bytes(line("Hello") + "\"done\":false}\n"),
            bytes(line(" there.") + "\"done\":false}\n"),
            bytes(line("") + end)));
  }

  /** Converse, and ConverseStream in the binary framing of AWS. */
  static ProviderAnswer bedrock(boolean hit, boolean streamed) {
    String usage =
        """
        "usage":{"inputTokens":%d,"outputTokens":%d,"totalTokens":%d,"cacheReadInputTokens":%d,\
        "cacheWriteInputTokens":%d},"metrics":{"latencyMs":1}}"""
            .formatted(
                FRESH_TOKENS,
                OUTPUT_TOKENS,
                FRESH_TOKENS + PREFIX_TOKENS + OUTPUT_TOKENS,
                read(hit),
                written(hit));
    if (!streamed) {
      return whole(
          """
          {"output":{"message":{"role":"assistant","content":[{"text":"Hello there."}]}},\
          "stopReason":"end_turn","""
              + usage);
    }
    return new ProviderAnswer(
        "application/vnd.amazon.eventstream",
        List.of(frame("messageStart", "{\"role\":\"assistant\"}")),
        List.of(
            frame("contentBlockDelta", bedrockDelta("Hello")),
            frame("contentBlockDelta", bedrockDelta(" there.")),
            frame("contentBlockStop", "{\"contentBlockIndex\":0}"),
            frame("messageStop", "{\"stopReason\":\"end_turn\"}"),
            frame("metadata", "{" + usage)));
  }

  private static ProviderAnswer whole(String json) {
    return new ProviderAnswer(JSON, List.of(), List.of(bytes(json)));
  }

  private static int read(boolean hit) {
    return hit ? PREFIX_TOKENS : 0;
  }

  private static int written(boolean hit) {
    return hit ? 0 : PREFIX_TOKENS;
  }

  private static byte[] event(String type, String fields) {
    return bytes("event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n");
  }

  private static String textDelta(String text) {
    return "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}";
  }

  private static String candidate(String text, String end, String usage) {
    return """
        {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"index":0%s}],%s,\
        "modelVersion":"m","responseId":"r1"}"""
        .formatted(text, end, usage);
  }

  private static String line(String text) {
    return """
        {"model":"m","created_at":"2026-01-01T00:00:00Z",\
        "message":{"role":"assistant","content":"%s"},"""
        .formatted(text);
  }

  private static String bedrockDelta(String text) {
    return "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + text + "\"}}";
  }

  /** Lengths, their checksum, headers, payload, checksum of all. */
  private static byte[] frame(String event, String json) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":event-type", event);
    header(headers, ":content-type", JSON);
    header(headers, ":message-type", "event");
    byte[] payload = bytes(json);
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
    out.writeBytes(bytes(name));
    out.write(text);
    out.write(0);
    out.write(value.length());
    out.writeBytes(bytes(value));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
