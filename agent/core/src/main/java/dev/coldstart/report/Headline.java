package dev.coldstart.report;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;

/** The sentences that are the answer in one look, about one request. */
public final class Headline {
  private final RequestReport request;
  private final long cacheNanos;
  private final long modelNanos;

  /** About a request with phases. */
  public Headline(RequestReport request) {
    this.request = request;
    cacheNanos = request.exclusiveNanos(Phase.PROMPT_CACHE.id());
    modelNanos = ModelTime.nanos(request);
  }

  /** "First token after 8.41 s; the model took 812 ms of it (9.7 %)." */
  public String title() {
    if (request.llm().isEmpty() && modelNanos == 0) {
      return waited() + "; no model call was seen.";
    }
    String share = Human.share(modelNanos, request.wallNanos());
    return waited() + "; the model took " + Human.time(modelNanos) + " of it (" + share + ").";
  }

  /** "Most went to tool_registry: 2.06 s (42.8 %).", and what is estimated in the title. */
  public String detail() {
    String text = largest();
    if (cacheNanos > 0) {
      text += " About " + Human.time(cacheNanos) + " of the model's time is a prompt-cache miss.";
    }
    Long client = ModelTime.clientNanos(request);
    return client == null || client < modelNanos / 2
        ? text
        : text
            + (" Of the model's time " + Human.time(client))
            + " went to its client in this process, not to the model.";
  }

  /** "First token after 8.41 s" or "Answer complete after 8.41 s". */
  String waited() {
    boolean token = request.window().equals("first_visible_token");
    return (token ? "First token after " : "Answer complete after ")
        + Human.time(request.wallNanos());
  }

  /** Beside warm requests; empty when there are none. */
  public String besideWarm(WarmReport warm) {
    if (warm == null) {
      return "";
    }
    long median = warm.wall().p50Nanos();
    String text = "Warm requests took " + Human.time(median) + " (median of " + warm.count();
    text += ", p95 " + Human.time(warm.wall().p95Nanos()) + ").";
    return median > 0 && request.wallNanos() > median
        ? text + " This one was " + Human.ratio(request.wallNanos(), median) + " as long."
        : text;
  }

  private String largest() {
    String name = Phase.UNATTRIBUTED;
    long nanos = request.unattributedNanos();
    for (PhaseTime phase : request.phases()) {
      boolean model =
          phase.phase().equals(Phase.LLM_TTFT.id())
              || phase.phase().equals(Phase.PROMPT_CACHE.id());
      if (!model && phase.exclusiveNanos() > nanos) {
        name = phase.phase();
        nanos = phase.exclusiveNanos();
      }
    }
    if (nanos <= modelNanos || nanos == 0) {
      return "That is the largest part.";
    }
    String share = Human.share(nanos, request.wallNanos());
    return "Most went to " + Human.clean(name, 40) + ": " + Human.time(nanos) + " (" + share + ").";
  }
}
