package dev.coldstart.report;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.phase.Slice;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who paid for what was done for the first time. All maps: ns by phase id, largest first. */
public final class Paid {
  /** Process start to ready, or to the first request when readiness was not seen, in ns. */
  public static long untilReadyNanos(StartupReport startup) {
    Long ready = startup.readyNanos();
    return ready == null ? startup.wallNanos() : Math.min(ready, startup.wallNanos());
  }

  /** What was paid until then. */
  public static Map<String, Long> beforeReady(StartupReport startup) {
    long until = untilReadyNanos(startup);
    Map<String, Long> paid = new HashMap<>();
    for (Slice slice : startup.slices()) {
      long end = Math.min(slice.endNanos(), until);
      if (end > slice.startNanos()) {
        paid.merge(slice.phase(), end - slice.startNanos(), Long::sum);
      }
    }
    return largestFirst(paid);
  }

  /**
   * What a request paid that warm ones do not: what exceeds the warm medians, or, without them,
   * first-time work and what the model's client did in this process.
   *
   * @param warm null before the first warm request
   */
  public static Map<String, Long> by(RequestReport request, WarmReport warm) {
    Map<String, Long> paid = new HashMap<>();
    for (PhaseTime phase : request.phases()) {
      if (warm != null || isFirstTime(phase.phase())) {
        paid.put(phase.phase(), phase.exclusiveNanos() - median(warm, phase.phase()));
      }
    }
    Long client = warm == null ? ModelTime.clientNanos(request) : null;
    if (client != null) {
      paid.put(Phase.LLM_TTFT.id(), client);
    }
    if (warm != null) {
      paid.put(Phase.UNATTRIBUTED, request.unattributedNanos() - median(warm, Phase.UNATTRIBUTED));
    }
    paid.values().removeIf(nanos -> nanos <= 0);
    return largestFirst(paid);
  }

  /** Of other phases only a warm median can tell. */
  private static boolean isFirstTime(String phase) {
    return Phase.prepares(phase) || phase.equals(Phase.PROMPT_CACHE.id());
  }

  private static long median(WarmReport warm, String phase) {
    WarmReport.PhasePercentiles found = warm == null ? null : warm.phase(phase);
    return found == null ? 0 : found.p50Nanos();
  }

  private static Map<String, Long> largestFirst(Map<String, Long> paid) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    paid.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  private Paid() {}
}
