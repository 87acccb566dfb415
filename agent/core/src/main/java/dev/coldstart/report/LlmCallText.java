package dev.coldstart.report;

import java.util.Locale;

/** One call of a model in words. */
final class LlmCallText {
  private LlmCallText() {}

  /** Plain text without line breaks. */
  static String of(LlmCall call) {
    String name = call.model() == null ? "model unknown" : Human.clean(call.model(), 40);
    String text = Human.clean(call.system(), 20) + ' ' + name + (call.failed() ? ", failed" : "");
    return text
        + firstToken(call)
        + attempts(call)
        + modelLoad(call)
        + ", prompt cache "
        + cache(call)
        + tokens(call);
  }

  private static String firstToken(LlmCall call) {
    if (call.ttftNanos() == null && call.firstToolCallNanos() != null) {
      String after = call.streaming() ? ", streamed, first tool call after " : ", tool call after ";
      return after + Human.time(call.firstToolCallNanos()) + onWire(call);
    }
    if (call.ttftNanos() == null) {
      return call.streaming() ? ", streamed, no token came" : ", no answer came";
    }
    String text = call.streaming() ? ", streamed, TTFT " : ", not streamed, response after ";
    return text + Human.time(call.ttftNanos()) + onWire(call);
  }

  private static String onWire(LlmCall call) {
    return call.waitNanos() == null ? "" : " (" + Human.time(call.waitNanos()) + " on the wire)";
  }

  private static String attempts(LlmCall call) {
    return call.attempts() == null || call.attempts() < 2
        ? ""
        : ", sent " + call.attempts() + " times";
  }

  private static String modelLoad(LlmCall call) {
    return call.modelLoadNanos() == null
        ? ""
        : ", of which the server says "
            + Human.time(call.modelLoadNanos())
            + " was loading the model";
  }

  private static String cache(LlmCall call) {
    if (call.cacheIdleNanos() != null) {
      return "expired: last hit " + Human.time(call.cacheIdleNanos()) + " before";
    }
    return Human.clean(call.promptCache(), 10);
  }

  private static String tokens(LlmCall call) {
    if (call.inputTokens() == null && call.outputTokens() == null) {
      return ", tokens unknown";
    }
    Long written = call.cacheWriteTokens();
    return String.format(
        Locale.ROOT,
        ", tokens: %s in (%s cached%s), %s out",
        known(call.inputTokens()),
        known(call.cachedTokens()),
        written == null ? "" : ", " + written + " written to the cache",
        known(call.outputTokens()));
  }

  private static String known(Long count) {
    return count == null ? "unknown" : count.toString();
  }
}
