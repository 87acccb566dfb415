package dev.coldstart.report;

import java.util.Locale;

/** Start kinds; in reports, attributes and tags by their {@link #id()}. */
public enum StartKind {
  /** Began before any request of the process had completed. */
  COLD,
  /** Like cold, but ran almost none of the first-time work: it waited for others to do it. */
  WAITED,
  /** Began in a warm process, and something that had been warm had to be made again. */
  RECOLD,
  /** Like cold, after the process was restored from a snapshot. */
  RESTORED,
  /** Everything else. */
  WARM;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** Lower case, as written. */
  public String id() {
    return id;
  }

  /** Whether a request is of this kind. */
  public boolean is(RequestReport request) {
    return id.equals(request.kind());
  }
}
