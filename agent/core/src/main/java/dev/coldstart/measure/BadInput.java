package dev.coldstart.measure;

/** A file or value that was given cannot be used; the message is one line that says what to do. */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause. */
  public BadInput(String message) {
    super(message);
  }

  /** With a cause, for {@code --debug}. */
  public BadInput(String message, Throwable cause) {
    super(message, cause);
  }
}
