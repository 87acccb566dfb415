package shape;

/** What an exception shows of the code that threw it. */
public final class Shapes {
  public interface Action {
    void run() throws Exception;
  }

  /** Type, message, cause and the frames of this package; of an overflow only the type. */
  public static String attempt(Action action) {
    try {
      action.run();
      return "nothing thrown";
    } catch (StackOverflowError e) {
      return e.getClass().getName();
    } catch (Throwable e) {
      StringBuilder out = new StringBuilder(e + " because of " + e.getCause());
      for (StackTraceElement frame : e.getStackTrace()) {
        if (!frame.getClassName().startsWith("java") && !frame.getClassName().startsWith("jdk")) {
          out.append("\n  ").append(frame);
        }
      }
      return out.toString();
    }
  }

  private Shapes() {}
}
