package dev.coldstart.it.app;

/**
 * Frame of the apps that visit URLs with some client. Each argument {@code name=url} is a scene.
 * What a visit throws is the answer, so that a test can compare it with that of another run.
 */
public abstract class Visits implements Scenes.App {
  /** How long clients wait to connect, and for each answer. */
  protected static final int TIMEOUT_MILLIS = 1_500;

  /**
   * Gets a URL with a client that keeps connections, always the same one.
   *
   * @return the body
   */
  protected abstract String get(String url) throws Exception;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String url = arg.substring(equals + 1);
      scenes.add("/" + arg.substring(0, equals), out -> out.write(answer(url)));
    }
  }

  /** What a test names as a phase, so that the visit counts for it. */
  public final String visit(String url) throws Exception {
    return get(url);
  }

  private String answer(String url) {
    try {
      return visit(url);
    } catch (Exception e) {
      return describe(e);
    }
  }

  /** What the application sees of an exception: classes and messages, of some clients more. */
  protected String describe(Exception thrown) {
    StringBuilder chain = new StringBuilder();
    for (Throwable t = thrown; t != null && chain.length() < 2_000; t = t.getCause()) {
      chain.append(t).append('\n');
    }
    return chain.toString();
  }
}
