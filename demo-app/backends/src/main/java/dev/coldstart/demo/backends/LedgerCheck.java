package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares a Coldstart report with what the stand-ins really did: is each delay of the first
 * request found again, at the time it happened, in the phase it belongs to? Both sides used the
 * same clock.
 */
@Command(
    name = "ledger-check",
    mixinStandardHelpOptions = true,
    description = "Compares a report with the stand-ins' ledger.")
final class LedgerCheck implements Callable<Integer> {
  private static final String PROMPT_CACHE = "prompt_cache";
  private static final int KINDS_OF_DELAY = 5;
  private static final double RELATIVE_TOLERANCE = 0.05;
  private static final double TOLERANCE_MILLIS = 20;
  private static final double CLIENT_TOLERANCE_MILLIS = 10;

  @Option(names = "--report", required = true, description = "The report, JSON")
  private Path report;

  @Option(names = "--ledger", required = true, description = "The stand-ins' ledger")
  private Path ledger;

  @Option(names = "--visitor", description = "What the visitor saw")
  private Path visitor;

  private boolean good = true;

  public static void main(String[] args) {
    System.exit(new CommandLine(new LedgerCheck()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    JsonNode run = StandInServer.JSON.readTree(report.toFile());
    JsonNode first = run.path("requests").path(0);
    if (first.isMissingNode()) {
      System.err.println("the report has no request");
      return 1;
    }
    System.out.println(
        "Checked against the ledger of the stand-ins (tolerance 5 percent or 20 ms, the larger):");
    delays(first);
    promptCache(first);
    run.path("requests").forEach(this::sum);
    if (visitor != null) {
      firstWord(first);
    }
    return good ? 0 : 1;
  }

  private void delays(JsonNode request) throws IOException {
    long start = request.path("start_monotonic_ns").asLong();
    long end = start + request.path("wall_ns").asLong();
    Map<String, double[]> byKind = new LinkedHashMap<>();
    for (JsonNode line : Ledger.read(ledger)) {
      long from = line.path("start_ns").asLong();
      long to = line.path("end_ns").asLong();
      String kind = line.path("kind").asText();
      if (kind.equals("first_token_sent") || from < start || to > end) {
        continue;
      }
      double[] injectedAndFound = byKind.computeIfAbsent(kind, k -> new double[2]);
      injectedAndFound[0] += (to - from) / 1e6;
      injectedAndFound[1] += found(request, phaseOf(kind), from - start, to - start);
    }
    byKind.forEach((kind, both) -> row(kind, both[0], both[1]));
    good &= byKind.size() == KINDS_OF_DELAY;
  }

  /** Time of the phase's slices inside a stretch of the request, in ms. */
  private static double found(JsonNode request, String phase, long from, long to) {
    long sum = 0;
    for (JsonNode slice : request.path("slices")) {
      if (slice.path("phase").asText().equals(phase)) {
        long start = Math.max(from, slice.path("start_ns").asLong());
        long end = Math.min(to, slice.path("end_ns").asLong());
        sum += Math.max(0, end - start);
      }
    }
    return sum / 1e6;
  }

  /** A slice shows what was waited for; the prompt cache's part of it is an estimate beside it. */
  private static String phaseOf(String kind) {
    return kind.equals(PROMPT_CACHE) ? "llm_ttft" : kind;
  }

  /** The estimate exists only once there were warm requests that hit the cache. */
  private void promptCache(JsonNode request) throws IOException {
    double injected = 0;
    long start = request.path("start_monotonic_ns").asLong();
    long end = start + request.path("wall_ns").asLong();
    for (JsonNode line : Ledger.read(ledger)) {
      long from = line.path("start_ns").asLong();
      if (line.path("kind").asText().equals(PROMPT_CACHE) && from >= start && from < end) {
        injected += (line.path("end_ns").asLong() - from) / 1e6;
      }
    }
    for (JsonNode phase : request.path("phases")) {
      if (phase.path("phase").asText().equals(PROMPT_CACHE)) {
        row("prompt_cache, estimated row", injected, phase.path("exclusive_ns").asLong() / 1e6);
      }
    }
  }

  private void sum(JsonNode request) {
    long sum = request.path("unattributed_ns").asLong();
    for (JsonNode phase : request.path("phases")) {
      sum += phase.path("exclusive_ns").asLong();
    }
    if (sum != request.path("wall_ns").asLong()) {
      good = false;
      System.out.println("  request " + request.path("id") + ": phases do not add up");
    }
  }

  private void firstWord(JsonNode request) throws IOException {
    long reported = request.path("start_monotonic_ns").asLong() + request.path("wall_ns").asLong();
    // Of several first visitors it is one.
    double apart = Double.MAX_VALUE;
    for (JsonNode seen : Ledger.read(visitor)) {
      apart = Math.min(apart, Math.abs(seen.path("first_word_ns").asLong() - reported) / 1e6);
    }
    boolean close = apart <= CLIENT_TOLERANCE_MILLIS;
    good &= close;
    System.out.printf(
        Locale.ROOT,
        "  %-28s %.1f ms apart %s%n",
        "first word, visitor's clock",
        apart,
        close ? "ok" : "TOO FAR");
  }

  private void row(String name, double injected, double found) {
    double tolerance = Math.max(TOLERANCE_MILLIS, injected * RELATIVE_TOLERANCE);
    boolean close = Math.abs(injected - found) <= tolerance;
    good &= close;
    System.out.printf(
        Locale.ROOT,
        "  %-28s injected %8.1f ms, found %8.1f ms %s%n",
        name,
        injected,
        found,
        close ? "ok" : "TOO FAR");
  }
}
