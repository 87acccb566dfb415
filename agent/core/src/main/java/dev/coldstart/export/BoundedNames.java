package dev.coldstart.export;

import java.util.HashSet;
import java.util.Set;

/** Lets so many different names through; further ones become "other". Not thread-safe. */
final class BoundedNames {
  /** What stands for the names that did not fit. */
  static final String OTHER = "other";

  private final Set<String> seen = new HashSet<>();
  private final int max;

  BoundedNames(int max) {
    this.max = max;
  }

  String bound(String name) {
    if (seen.size() < max) {
      seen.add(name);
    }
    return seen.contains(name) ? name : OTHER;
  }
}
