package dev.coldstart.it.app;

/**
 * Scenes in which a client cannot use its server. The app's arguments: the port of a server, then
 * the path of each scene and the port it is to try.
 */
public final class Unusable {
  /** Makes a client and uses it. */
  public interface Use {
    /** Throws what the client throws. A port at which TLS is spoken begins with "tls:". */
    void at(String port) throws Exception;
  }

  private Unusable() {}

  /** Adds the scenes. Each answers with what the application saw. */
  public static void add(Scenes scenes, String[] args, Use use) {
    for (int i = 1; i + 1 < args.length; i += 2) {
      String port = args[i + 1];
      scenes.add(args[i], out -> out.write(seen(use, port)));
    }
  }

  /** Classes and messages; numbers and addresses of objects differ from run to run. */
  private static String seen(Use use, String port) {
    StringBuilder seen = new StringBuilder();
    try {
      use.at(port);
      seen.append("nothing");
    } catch (Throwable thrown) {
      for (Throwable t = thrown; t != null; t = t.getCause()) {
        String message =
            String.valueOf(t.getMessage())
                .replaceAll("hashCode=[0-9a-f]+|id: 0x[0-9a-f]+|@[0-9a-f]+|\\d+(\\.\\d+)?", "#");
        seen.append(t.getClass().getName()).append(": ").append(message).append('\n');
      }
    }
    return seen.toString();
  }
}
