package dev.coldstart.agent;

/**
 * Every option: the one source of names, kinds, defaults and of {@code agent/docs/options.md}.
 * Given as agent argument {@code key=value}, {@code -Dcoldstart.key}, {@code COLDSTART_KEY}, or in
 * the file that {@code config} names; the first of these wins.
 */
public enum Option {
  ENABLED("enabled", Kind.SWITCH, "on", "off: the agent does nothing at all"),
  SERVICE(
      "service",
      Kind.TEXT,
      "",
      "name of the service; default: OTEL_SERVICE_NAME, else the main class or jar"),
  DIR(
      "dir",
      Kind.TEXT,
      "",
      "directory of the reports; default: coldstart/ under the temp directory"),
  WARM("warm", Kind.COUNT, "20", "warm requests kept in full, 0 to 10000"),
  IDLE(
      "idle",
      Kind.DURATION,
      "5m",
      "quiet time after which the next request is kept in full, and little needs to have run again"
          + " for it to be called re-cold; 1s to 1h"),
  DISABLE(
      "disable", Kind.LIST, "", "libraries not to look into, by the names in docs/libraries.md"),
  PROBES("probes", Kind.TEXT, "", "file with methods of your own to time, see docs/user-probes.md"),
  REQUESTS(
      "requests",
      Kind.LIST,
      "",
      "methods of your own that each handle a request: com.acme.Agent#handle;com.acme.Job#run"),
  SUMMARY(
      "summary",
      Kind.SWITCH,
      "on",
      "table on stderr after the first request and after the warm ones"),
  HTML(
      "html",
      Kind.SWITCH,
      "off",
      "on: write the report as a page for the browser, too, beside the JSON file"),
  JFR("jfr", Kind.AUTO, "auto", "JFR events: auto when a recording runs, on starts one, off never"),
  OTEL(
      "otel",
      Kind.AUTO,
      "auto",
      "OpenTelemetry: auto when an OTEL_* exporter or endpoint is set, on, off; see docs/metrics.md"),
  CACHE(
      "cache",
      Kind.TEXT,
      "",
      "directory that keeps woven classes for the next start, or off; default: a private one under"
          + " the temp directory"),
  EXPORT_DELAY(
      "export.delay",
      Kind.DURATION,
      "30s",
      "without a request, write the start-up report after this long; 1s to 1h"),
  CONFIG("config", Kind.TEXT, "", "file with key=value lines");

  /** How a value is checked. */
  public enum Kind {
    /** On or off. */
    SWITCH("on or off"),
    /** On, off, or decided by what is found. */
    AUTO("auto, on or off"),
    /** A number of things. */
    COUNT("a whole number from 0 to 10000"),
    /** A time with its unit. */
    DURATION("a number with ms, s, m or h, from 1s to 1h"),
    /** Several names. */
    LIST("names separated by , ; or +"),
    /** Anything. */
    TEXT("text");

    /** What is allowed, for people. */
    public final String allowed;

    Kind(String allowed) {
      this.allowed = allowed;
    }
  }

  /** The name. */
  public final String key;

  /** How its values are checked. */
  public final Kind kind;

  /** The value when none is given; empty for none. */
  public final String byDefault;

  /** What it does, for people. */
  public final String help;

  Option(String key, Kind kind, String byDefault, String help) {
    this.key = key;
    this.kind = kind;
    this.byDefault = byDefault;
    this.help = help;
  }

  /** Name of the environment variable. */
  public String environment() {
    StringBuilder name = new StringBuilder("COLDSTART_");
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      name.append(c == '.' ? '_' : Character.toUpperCase(c));
    }
    return name.toString();
  }

  /** Null when there is no such option. */
  static Option of(String key) {
    for (Option option : values()) {
      if (option.key.equals(key)) {
        return option;
      }
    }
    return null;
  }
}
