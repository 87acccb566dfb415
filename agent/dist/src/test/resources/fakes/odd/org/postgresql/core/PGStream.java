package org.postgresql.core;

/** As a shrinker leaves it: only the class has kept its name. */
public class PGStream {
  public String a() {
    return "shrunk";
  }
}
