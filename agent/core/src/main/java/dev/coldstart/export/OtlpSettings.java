package dev.coldstart.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * Which OpenTelemetry signals are wanted, from the standard {@code OTEL_*} variables and {@code
 * otel.*} system properties. Refers to no OpenTelemetry class, so that asking loads none.
 */
public final class OtlpSettings {
  private static final String NONE = "none";
  private static final Set<String> TRACE_EXPORTERS =
      Set.of("otlp", "console", "logging", "logging-otlp", "experimental-otlp/stdout");
  private static final Set<String> METRIC_EXPORTERS =
      Set.of(
          "otlp", "prometheus", "console", "logging", "logging-otlp", "experimental-otlp/stdout");
  private static final Set<String> SAMPLERS =
      Set.of(
          "always_on",
          "always_off",
          "traceidratio",
          "parentbased_always_on",
          "parentbased_always_off",
          "parentbased_traceidratio");

  private final UnaryOperator<String> lookup;
  private final boolean on;
  private final String traces;
  private final String metrics;
  private final List<String> problems = new ArrayList<>();

  private OtlpSettings(String mode, UnaryOperator<String> lookup) {
    this.lookup = lookup;
    this.on = mode.equals("on");
    boolean off = mode.equals("off") || "true".equalsIgnoreCase(lookup.apply("otel.sdk.disabled"));
    this.traces = off ? NONE : exporters("traces", TRACE_EXPORTERS);
    this.metrics = off ? NONE : exporters("metrics", METRIC_EXPORTERS);
  }

  /**
   * The exporter, or one that does nothing when none is wanted. Takes 0.6 s or more of CPU time
   * when it is; sends nothing yet.
   *
   * @param mode "on", "off" or "auto": on only when an endpoint or an exporter is configured, so
   *     that without a collector nothing is sent
   * @param service {@code service.name} unless OpenTelemetry's own variables set one
   * @param version of the agent
   * @param warnings takes a handful of lines without line break, from any thread
   * @param unsent takes how many traces the collector did not get, at the end and when there are
   *     any
   */
  public static Exporter exporter(
      String mode, String service, String version, Consumer<String> warnings, IntConsumer unsent) {
    OtlpSettings settings = ofProcess(mode);
    settings.problems.forEach(warnings);
    return settings.wanted()
        ? new Otlp(settings, service, version, Map.of(), OtlpOutbox.FOR_EVER, warnings, unsent)
        : new Exporter() {};
  }

  /** From this process's properties and environment. */
  static OtlpSettings ofProcess(String mode) {
    return new OtlpSettings(mode, OtlpSettings::systemValue);
  }

  static OtlpSettings of(String mode, Map<String, String> values) {
    return new OtlpSettings(mode, values::get);
  }

  /** Whether any signal is to be sent. */
  boolean wanted() {
    return !traces.equals(NONE) || !metrics.equals(NONE);
  }

  /** Whether the newest GenAI attribute names were asked for instead of the old ones. */
  boolean latestGenAi() {
    String optIn = lookup.apply("otel.semconv.stability.opt.in");
    return optIn != null
        && List.of(optIn.split("\\s*,\\s*")).contains("gen_ai_latest_experimental");
  }

  /** Values the user may override. */
  static Map<String, String> defaults() {
    return Map.of("otel.exporter.otlp.protocol", "http/protobuf");
  }

  /**
   * Values the user's are replaced by: a service is often configured for an agent that knows more
   * exporters, propagators and samplers than this SDK, which would refuse to start.
   */
  Map<String, String> overrides() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("otel.traces.exporter", traces);
    values.put("otel.metrics.exporter", metrics);
    values.put("otel.logs.exporter", "none");
    values.put("otel.propagators", "none");
    values.put("otel.config.file", "");
    // OtlpOutbox repeats: pauses inside the SDK would take the last attempt at the end.
    values.put("otel.java.exporter.otlp.retry.disabled", "true");
    String sampler = lookup.apply("otel.traces.sampler");
    if (sampler != null && !SAMPLERS.contains(sampler)) {
      values.put("otel.traces.sampler", "parentbased_always_on");
    }
    return values;
  }

  /** What of the configuration cannot be followed, one line each. */
  List<String> problems() {
    return problems;
  }

  /** The exporters of a signal that the agent has, "none" when there are none. */
  private String exporters(String signal, Set<String> known) {
    String named = lookup.apply("otel." + signal + ".exporter");
    if (named == null || named.isBlank()) {
      boolean wanted =
          on
              || lookup.apply("otel.exporter.otlp.endpoint") != null
              || lookup.apply("otel.exporter.otlp." + signal + ".endpoint") != null;
      return wanted ? "otlp" : NONE;
    }
    List<String> all = List.of(named.trim().split("\\s*,\\s*"));
    List<String> have = all.stream().filter(known::contains).distinct().toList();
    if (have.isEmpty() && !all.contains(NONE)) {
      problems.add(
          environmentName("otel." + signal + ".exporter")
              + " names no exporter Coldstart has: its "
              + signal
              + " are not sent; add \"otlp\" to send them");
    }
    return have.isEmpty() || all.contains(NONE) ? NONE : String.join(",", have);
  }

  private static String systemValue(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      value = System.getenv(environmentName(property));
    }
    return value == null || value.isBlank() ? null : value;
  }

  private static String environmentName(String property) {
    return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
