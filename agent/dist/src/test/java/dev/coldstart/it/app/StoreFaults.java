package dev.coldstart.it.app;

/** Uses of a vector store that fail, each of which answers with all there is to see of that. */
public final class StoreFaults {
  /** A client's first use of a server. */
  public interface Use {
    /** Makes a client and asks it for something. */
    void of(String url) throws Exception;
  }

  /** A URL that begins so is for a client that is kept, and used by all scenes of the URL. */
  public static final String KEEP = "keep ";

  private StoreFaults() {}

  /** Adds a scene for each argument "scene=url". */
  public static void add(Scenes scenes, String[] args, Use use) {
    for (String arg : args) {
      int end = arg.indexOf('=');
      String url = arg.substring(end + 1);
      scenes.add('/' + arg.substring(0, end), out -> out.write(seen(use, url)));
    }
  }

  private static String seen(Use use, String url) {
    try {
      use.of(url);
      return "nothing";
    } catch (Exception e) {
      return describe(e);
    }
  }

  /** All there is to see of an exception and its causes. */
  public static String describe(Exception thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      describe(t, text);
    }
    return text.toString();
  }

  /** Class, message, and the frames that are not the JDK's, whose lambdas have numbers. */
  private static void describe(Throwable thrown, StringBuilder text) {
    text.append(thrown.getClass().getName()).append(": ").append(thrown.getMessage());
    for (StackTraceElement frame : thrown.getStackTrace()) {
      String type = frame.getClassName();
      if (!type.startsWith("java") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
        String method = frame.getMethodName() + ':' + frame.getLineNumber();
        text.append("\n  ").append(type).append('#').append(method);
      }
    }
    text.append('\n');
  }
}
