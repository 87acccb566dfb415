package dev.coldstart.bootstrap;

import java.lang.instrument.Instrumentation;

/**
 * Entry point of the jar: {@code -javaagent}, attach, and command line. Compiled for Java 8, so
 * that an old JVM gets a sentence instead of an aborted start; everything else is in {@link
 * AgentStart}, which is loaded when it is called, and by no reflection: that is method handles from
 * JDK 18 on, which take 3 ms to make.
 *
 * <p>Does as little as possible, keeps nothing, and never throws into the application's start.
 */
public final class AgentMain {
  private static final int MINIMUM_JAVA = 17;

  private AgentMain() {}

  /** Started with {@code -javaagent}. */
  public static void premain(String options, Instrumentation instrumentation) {
    start(options, instrumentation, false);
  }

  /** Loaded into a running JVM. */
  public static void agentmain(String options, Instrumentation instrumentation) {
    start(options, instrumentation, true);
  }

  /** The command line. */
  public static void main(String[] args) throws Exception {
    if (!supported()) {
      System.exit(1);
    }
    AgentStart.cli(args);
  }

  private static void start(String options, Instrumentation instrumentation, boolean attached) {
    try {
      if (supported()) {
        AgentStart.install(options, instrumentation, attached);
      }
    } catch (Throwable t) {
      // No logging exists this early, and rethrowing would stop the application: print and go on.
      System.err.println("coldstart: not active, the agent could not start: " + t);
    }
  }

  private static boolean supported() {
    String version = System.getProperty("java.specification.version", "0");
    int major;
    try {
      major = Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    } catch (NumberFormatException e) {
      major = 0;
    }
    if (major < MINIMUM_JAVA) {
      System.err.println(
          "coldstart: not active, this JVM is Java "
              + version
              + "; the agent needs Java "
              + MINIMUM_JAVA
              + " or later");
      return false;
    }
    return true;
  }
}
