package dev.coldstart.it.library;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One answer on the wire.
 *
 * @param opening what a streamed answer begins with; none of it is content
 * @param rest the answer, or what is left of it: the first part has the first content or tool call
 */
record ModelAnswer(String contentType, List<byte[]> opening, List<byte[]> rest) {
  /** What neither is read from a cache nor written to it. */
  static final int FRESH_TOKENS = 20;

  /** What is in the cache after the first call. */
  static final int PREFIX_TOKENS = 1_000;

  static final int INPUT_TOKENS = FRESH_TOKENS + PREFIX_TOKENS;
  static final int OUTPUT_TOKENS = 3;

  private static final String SSE = "text/event-stream";

  /** An answer that is not streamed. */
  static ModelAnswer whole(String json) {
    return new ModelAnswer("application/json", List.of(), List.of(bytes(json)));
  }

  /** Server-sent events, each complete. */
  static ModelAnswer events(List<byte[]> opening, List<byte[]> rest) {
    return new ModelAnswer(SSE, opening, rest);
  }

  /** An event without a name. */
  static byte[] event(String data) {
    return bytes("data: " + data + "\n\n");
  }

  /** An event whose type is in its data too. */
  static byte[] event(String type, String fields) {
    return bytes("event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** This, with more in front of the content. */
  ModelAnswer after(byte[]... more) {
    List<byte[]> all = new ArrayList<>(opening);
    all.addAll(List.of(more));
    return new ModelAnswer(contentType, all, rest);
  }
}
