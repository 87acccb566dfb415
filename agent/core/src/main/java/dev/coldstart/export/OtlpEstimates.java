package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * What prompt-cache misses cost. That is known only after warm hits, when the request's other
 * metrics have long been sent. Not thread-safe.
 */
final class OtlpEstimates {
  private final DoubleHistogram estimate;

  /** Numbers of requests with a miss whose cost is not known; no more than a report keeps. */
  private final Set<Integer> open = new HashSet<>();

  OtlpEstimates(Meter meter) {
    estimate = OtlpMetrics.histogram(meter, OtlpInstrument.PROMPT_CACHE_ESTIMATE);
  }

  /** A request has finished that reports will show. */
  void request(RequestReport request) {
    for (LlmCall call : request.llm()) {
      if (call.missedCache()) {
        open.add(request.id());
      }
    }
  }

  /**
   * The report has changed.
   *
   * @param contexts hold a request's span for exemplars, or are the root context
   */
  void report(RunReport report, Function<RequestReport, Context> contexts) {
    if (open.isEmpty()) {
      return;
    }
    for (RequestReport request : report.requests()) {
      long nanos = request.exclusiveNanos(Phase.PROMPT_CACHE.id());
      if (nanos > 0 && open.remove(request.id())) {
        Attributes kind = Attributes.of(OtlpTraces.KIND, request.kind());
        estimate.record(OtlpTraces.seconds(nanos), kind, contexts.apply(request));
      }
    }
  }
}
