package dev.coldstart.it.library;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What a model is asked for. Its name may have orders of the test, each after a "-": "refused";
 * "slow" or "250ms", how long the answer takes; "early", headers and opening leave at once;
 * "flaky", the first attempt fails; "mistral", as Mistral differs from OpenAI.
 *
 * @param hit whether the prompt is in the cache
 */
record Asked(JsonObject body, String model, boolean streamed, boolean hit) {
  private static final long SLOW_MILLIS = 200;

  boolean ordered(String order) {
    return orders().contains(order);
  }

  /** Null when the test does not mind. */
  Long waitMillis() {
    for (String order : orders()) {
      if (order.endsWith("ms")) {
        return Long.parseLong(order.substring(0, order.length() - 2));
      }
    }
    return ordered("slow") ? (Long) SLOW_MILLIS : null;
  }

  /** What is read from the cache. */
  int read() {
    return hit ? ModelAnswer.PREFIX_TOKENS : 0;
  }

  /** What is written to it. */
  int written() {
    return hit ? 0 : ModelAnswer.PREFIX_TOKENS;
  }

  /** Whether the request has this text somewhere; blanks do not count. */
  boolean says(String text) {
    return body.toString().contains(text);
  }

  private List<String> orders() {
    return List.of(model.split("-", -1));
  }
}
