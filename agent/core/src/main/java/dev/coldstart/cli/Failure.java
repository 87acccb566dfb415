package dev.coldstart.cli;

import picocli.CommandLine;

/**
 * A command cannot do what it was asked to; the message is one line that says what to do. Ends the
 * process with code 1, or 2 when what it was given is at fault.
 */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  Failure(String message) {
    this(message, null);
  }

  Failure(String message, Throwable cause) {
    this(CommandLine.ExitCode.SOFTWARE, message, cause);
  }

  private Failure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A file or value that was given cannot be used. */
  static Failure badInput(String message, Throwable cause) {
    return new Failure(CommandLine.ExitCode.USAGE, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
