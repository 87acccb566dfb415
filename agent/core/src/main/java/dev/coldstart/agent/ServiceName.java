package dev.coldstart.agent;

/** Name of the service: as given, else {@code OTEL_SERVICE_NAME}, else the jar or main class. */
final class ServiceName {
  private ServiceName() {}

  static String of(String given) {
    if (!given.isEmpty()) {
      return given;
    }
    String otel = System.getenv("OTEL_SERVICE_NAME");
    if (otel != null && !otel.isEmpty()) {
      return otel;
    }
    return fromCommand(System.getProperty("sun.java.command", ""));
  }

  /**
   * The command's first word without folders, packages and {@code .jar}; arguments may be secret.
   */
  static String fromCommand(String command) {
    int space = command.indexOf(' ');
    String word = space < 0 ? command : command.substring(0, space);
    word = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
    if (word.endsWith(".jar")) {
      word = word.substring(0, word.length() - 4);
    } else {
      word = word.substring(word.lastIndexOf('.') + 1);
    }
    return word.isEmpty() ? "java" : word;
  }
}
