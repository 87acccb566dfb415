package dev.coldstart.report.html;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.coldstart.report.Headline;
import dev.coldstart.report.Nesting;
import dev.coldstart.report.Paid;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.StartKind;
import dev.coldstart.report.WarmReport;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the script of a page gets for one report: the report as it is, and beside it what is derived
 * in Java for other renderings as well.
 */
final class PageData {
  /**
   * {@code {name, report, until_ready_ns, before_ready, derived: {"1": {title, detail, beside,
   * first_time, nested}}}}; maps of phases are arrays of {@code [phase, ns]}.
   */
  static JsonObject of(HtmlReport.Named named, int maxSpans) {
    JsonObject data = new JsonObject();
    data.addProperty("name", named.name());
    JsonObject report = ReportJson.tree(named.report());
    leaveOut(
        report.getAsJsonArray("requests"),
        shown(named.report().requests(), named.report().warm(), maxSpans));
    data.add("report", report);
    data.addProperty("until_ready_ns", Paid.untilReadyNanos(named.report().startup()));
    data.add("before_ready", pairs(Paid.beforeReady(named.report().startup())));
    JsonObject derived = new JsonObject();
    for (RequestReport request : named.report().requests()) {
      derived.add(Integer.toString(request.id()), derived(request, named.report().warm()));
    }
    data.add("derived", derived);
    return data;
  }

  private static JsonObject derived(RequestReport request, WarmReport warm) {
    JsonObject derived = new JsonObject();
    Headline headline = new Headline(request);
    derived.addProperty("title", headline.title());
    derived.addProperty("detail", headline.detail());
    derived.addProperty("beside", headline.besideWarm(warm));
    derived.add("first_time", pairs(Paid.by(request, warm)));
    JsonObject nested = new JsonObject();
    Nesting nesting = new Nesting(request);
    request.phases().forEach(p -> nested.addProperty(p.phase(), nesting.nanos(p.phase())));
    derived.add("nested", nested);
    return derived;
  }

  private static JsonArray pairs(Map<String, Long> nanosByPhase) {
    JsonArray pairs = new JsonArray();
    nanosByPhase.forEach(
        (phase, nanos) -> {
          JsonArray pair = new JsonArray();
          pair.add(phase);
          pair.add(nanos);
          pairs.add(pair);
        });
    return pairs;
  }

  /** Requests shown with their spans: the cold ones first, then warm ones near the median. */
  private static Set<Integer> shown(List<RequestReport> requests, WarmReport warm, int maxSpans) {
    long median = warm == null ? 0 : warm.wall().p50Nanos();
    List<RequestReport> order =
        requests.stream()
            .sorted(
                Comparator.<RequestReport, Boolean>comparing(StartKind.WARM::is)
                    .thenComparing(
                        r -> StartKind.WARM.is(r) ? Math.abs(r.wallNanos() - median) : 0L))
            .toList();
    Set<Integer> shown = new HashSet<>();
    long spans = 0;
    for (RequestReport request : order) {
      spans += request.spans().size();
      if (spans <= maxSpans || shown.isEmpty()) {
        shown.add(request.id());
      }
    }
    return shown;
  }

  private static void leaveOut(JsonArray requests, Set<Integer> shown) {
    for (JsonElement element : requests) {
      JsonObject request = element.getAsJsonObject();
      if (!shown.contains(request.get("id").getAsInt())) {
        request.addProperty("left_out", request.getAsJsonArray("spans").size());
        request.add("spans", new JsonArray());
        request.add("slices", new JsonArray());
      }
    }
  }

  private PageData() {}
}
