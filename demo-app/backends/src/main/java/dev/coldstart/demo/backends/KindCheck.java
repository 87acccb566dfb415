package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Checks the start kinds of a report against what the stand-ins really did: who waited for whose
 * first-time work, and what expired while nobody asked.
 */
@Command(
    name = "kind-check",
    mixinStandardHelpOptions = true,
    description = "Compares the start kinds of a report with the stand-ins' ledger.")
final class KindCheck implements Callable<Integer> {
  /** What the work around a delay may take, on a busy machine: connecting, loading classes. */
  private static final double AROUND_MILLIS = 400;

  private static final double TOLERANCE_MILLIS = 20;

  @Option(names = "--report", required = true, description = "The report, JSON")
  private Path report;

  @Option(names = "--ledger", required = true, description = "The stand-ins' ledger")
  private Path ledger;

  @Option(names = "--waited", description = "So many requests waited for the one cold one")
  private Integer waited;

  @Option(names = "--recold-after-s", description = "The last request came after this pause")
  private Double pauseSeconds;

  private final List<JsonNode> entries = new ArrayList<>();
  private boolean good = true;

  public static void main(String[] args) {
    System.exit(new CommandLine(new KindCheck()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    entries.addAll(Ledger.read(ledger));
    JsonNode requests = StandInServer.JSON.readTree(report.toFile()).path("requests");
    if (waited != null) {
      waited(requests);
    }
    if (pauseSeconds != null) {
      recold(requests);
    }
    return good ? 0 : 1;
  }

  private void waited(JsonNode requests) {
    List<JsonNode> cold = ofKind(requests, "cold");
    List<JsonNode> waiting = ofKind(requests, "waited");
    System.out.println("Several first requests at once:");
    row(
        cold.size() == 1 && waiting.size() == waited,
        cold.size() + " cold, " + waiting.size() + " waited (expected 1 and " + waited + ")");
    if (cold.isEmpty()) {
      return;
    }
    for (JsonNode request : waiting) {
      for (String phase : List.of("tool_registry", "vector_store_connect")) {
        double found = 0;
        for (JsonNode wait : request.path("waited_for")) {
          if (wait.path("phase").asText().equals(phase)) {
            found += wait.path("waited_ns").asLong() / 1e6;
          }
        }
        // Nobody waits longer for a piece of work than it took.
        compare(
            "request " + request.path("id") + " waited for " + phase,
            phase,
            request,
            found,
            exclusive(cold.get(0), phase) + TOLERANCE_MILLIS);
      }
    }
  }

  private void recold(JsonNode requests) {
    System.out.println("The request after a pause of " + pauseSeconds + " s:");
    List<JsonNode> again = ofKind(requests, "recold");
    row(again.size() == 1, again.size() + " requests were cold again (expected 1)");
    if (again.isEmpty()) {
      return;
    }
    JsonNode request = again.get(0);
    double idle = request.path("idle_ns").asLong() / 1e9;
    row(Math.abs(idle - pauseSeconds) < 1, String.format(Locale.ROOT, "quiet for %.2f s", idle));
    expired(request, "tool list", "tool_registry");
    expired(request, "connection", "vector_store_connect");
    expired(request, "prompt cache", "prompt_cache");
  }

  private void expired(JsonNode request, String what, String delay) {
    double found = 0;
    for (JsonNode expired : request.path("expired")) {
      if (expired.path("what").asText().equals(what)) {
        found += expired.path("exclusive_ns").asLong() / 1e6;
      }
    }
    double most = injected(delay, request) + AROUND_MILLIS;
    compare(what + " expired", delay, request, found, most);
  }

  private void compare(String what, String delay, JsonNode request, double found, double most) {
    double injected = injected(delay, request);
    row(
        injected > 0 && found >= injected - TOLERANCE_MILLIS && found <= most,
        String.format(
            Locale.ROOT, "%-44s injected %8.1f ms, found %8.1f ms", what, injected, found));
  }

  /** What the stand-ins delayed while the request ran, ms. */
  private double injected(String delay, JsonNode request) {
    double injected = 0;
    long start = request.path("start_monotonic_ns").asLong();
    long end = start + request.path("wall_ns").asLong();
    for (JsonNode entry : entries) {
      long from = Math.max(start, entry.path("start_ns").asLong());
      long to = Math.min(end, entry.path("end_ns").asLong());
      if (entry.path("kind").asText().equals(delay) && to > from) {
        injected += (to - from) / 1e6;
      }
    }
    return injected;
  }

  private static double exclusive(JsonNode request, String name) {
    double sum = 0;
    for (JsonNode phase : request.path("phases")) {
      if (phase.path("phase").asText().equals(name)) {
        sum += phase.path("exclusive_ns").asLong() / 1e6;
      }
    }
    return sum;
  }

  private void row(boolean holds, String text) {
    good &= holds;
    System.out.println("  " + text + (holds ? " ok" : " WRONG"));
  }

  private static List<JsonNode> ofKind(JsonNode requests, String kind) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode request : requests) {
      if (request.path("kind").asText().equals(kind)) {
        found.add(request);
      }
    }
    return found;
  }
}
