package dev.coldstart.it.app;

import java.lang.instrument.Instrumentation;

/** The least an agent can be: what it costs, every agent costs. */
public final class EmptyAgent {
  public static void premain(String options, Instrumentation instrumentation) {}

  private EmptyAgent() {}
}
