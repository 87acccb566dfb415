package dev.coldstart.report;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Set;

/**
 * How the model's records map to JSON: names and which components may be null. The JSON Schema says
 * the same, and a test holds the two together.
 */
public final class ReportShape {
  /** Components that are not boxed numbers and may be null all the same. */
  private static final Set<String> NULLABLE =
      Set.of(
          "RunReport.pod",
          "RunReport.warm",
          "PodStep.source",
          "PodStep.detail",
          "WarmReport.ttft",
          "StartupReport.readySignal",
          "RequestReport.error",
          "RequestReport.parentSpanId",
          "RequestReport.explained",
          "LlmCall.model");

  /** {@code startMonotonicNanos} becomes {@code start_monotonic_ns}. */
  public static String jsonName(String component) {
    String name = component;
    String unit = "";
    if (name.endsWith("Nanos")) {
      name = name.substring(0, name.length() - "Nanos".length());
      unit = "_ns";
    } else if (name.endsWith("Millis")) {
      name = name.substring(0, name.length() - "Millis".length());
      unit = "_ms";
    }
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + unit;
  }

  /** True when JSON null is a legal value and means "unknown" or "none". */
  static boolean nullable(RecordComponent component) {
    return nullable(component, NULLABLE);
  }

  /** Boxed numbers may be null, and the components named, as {@code Record.component}. */
  public static boolean nullable(RecordComponent component, Set<String> named) {
    Class<?> type = component.getType();
    return Number.class.isAssignableFrom(type)
        || type == Boolean.class
        || named.contains(
            component.getDeclaringRecord().getSimpleName() + '.' + component.getName());
  }

  private ReportShape() {}
}
