package dev.coldstart.weave;

import java.util.List;

/**
 * One library the agent looks into: one file in {@code dev.coldstart.library}, nothing else to
 * register. The file is loaded only once one of its classes is seen, and on an application thread:
 * it uses no lambdas, no logging and nothing heavy.
 *
 * <p>Rules for a library file:
 *
 * <ul>
 *   <li>types are exact binary names; two versions of a library are two names in one file, and a
 *       name that is absent costs nothing;
 *   <li>most probes only time; where a value must be read, a nested {@code Hook} reads it by {@link
 *       Read}, because the agent's loader cannot see the application's types;
 *   <li>never record content: counts, names of models and servers, never text;
 *   <li>no library file depends on another.
 * </ul>
 */
public interface Library {
  /** Name for {@code disable=} and the report: lower case, with dashes. */
  String name();

  /** The versions its integration test runs, for {@code docs/libraries.md}. */
  String testedVersions();

  /** What to weave. Called once. */
  List<Probe> probes();
}
