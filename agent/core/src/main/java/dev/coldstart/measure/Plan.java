package dev.coldstart.measure;

import java.util.List;

/**
 * How to measure.
 *
 * @param runs cold starts of each variant
 * @param variants the ways to start it, in the order in which they take turns
 * @param readiness what tells that a start is complete
 * @param requests what to ask; null for nothing
 * @param warm warm requests after the first one
 * @param prepare shell command before each run, null for none
 * @param timeoutNanos from the start of a process until its last answer
 * @param graceMillis a process may take so long to stop before it is killed
 * @param keepGoing goes on after a run that failed
 */
public record Plan(
    int runs,
    List<Way> variants,
    Readiness readiness,
    RequestFile requests,
    int warm,
    String prepare,
    long timeoutNanos,
    long graceMillis,
    boolean keepGoing) {

  /**
   * One way to start the command.
   *
   * @param options JVM options to add
   * @param agent whether the agent is attached
   */
  public record Way(String name, List<String> options, boolean agent) {
    /** Reads {@code name} or {@code name=jvm-options}, separated by spaces. */
    public static Way parse(String text) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      if (!name.matches("[A-Za-z0-9._-]{1,40}")) {
        throw new BadInput(
            "--variant " + name + ": a name has letters, digits, '.', '_' and '-', at most 40");
      }
      String options = equals < 0 ? "" : text.substring(equals + 1).strip();
      return new Way(
          name, options.isEmpty() ? List.of() : List.of(options.split("\\s+", -1)), true);
    }
  }
}
