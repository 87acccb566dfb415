package dev.coldstart.agent;

import dev.coldstart.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/** Weaves classes that are loaded already, by retransformation. */
final class LateWeaving {
  /**
   * Where the {@code attach} command reads what came of it: the only thing it can ask the JVM for.
   */
  private static final String RESULT = "dev.coldstart.attached";

  private LateWeaving() {}

  /** Weaves what a running JVM has loaded. Returns one line about it, for people. */
  static String weave(Instrumentation instrumentation, Weaver weaver) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (weaver.hasProbes(type) && instrumentation.isModifiableClass(type)) {
        loaded.add(type);
      }
    }
    List<String> left = new ArrayList<>();
    for (Class<?> type : weave(instrumentation, loaded)) {
      left.add(type.getName());
    }
    String line =
        weaver.classesWoven()
            + " classes that were loaded already are woven from now on"
            + (left.isEmpty() ? "" : ", not so " + String.join(", ", left));
    System.setProperty(RESULT, line);
    return line;
  }

  /**
   * Weaves what an AOT cache has loaded before premain: classes that were trained come linked, and
   * no transformer is asked. Without such a cache there are none. No lambdas: runs in premain.
   */
  static void preloaded(Instrumentation instrumentation, Weaver weaver) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      // Those of the JDK are woven later, when there is a library. Most are told by their package,
      // which is faster in code that runs once.
      if (!type.getName().startsWith("java.")
          && weaver.hasProbes(type)
          && !weaver.isLate(type)
          && instrumentation.isModifiableClass(type)) {
        loaded.add(type);
      }
    }
    if (loaded.isEmpty()) {
      return;
    }
    try {
      instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    } catch (Throwable all) {
      for (Class<?> type : loaded) {
        try {
          instrumentation.retransformClasses(type);
        } catch (Throwable one) {
          AgentLog.line("cannot weave " + type.getName() + ": its phase is missing");
        }
      }
    }
  }

  /** Classes for networks that were loaded before the first library, or before the agent. */
  static List<Class<?>> late(Instrumentation instrumentation, Weaver weaver) {
    List<Class<?>> late = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (weaver.isLate(type)) {
        late.add(type);
      }
    }
    return late;
  }

  /**
   * Weaves loaded classes in one go, because each call stops the application once; one by one when
   * that fails.
   *
   * @return those that could not be woven
   */
  static List<Class<?>> weave(Instrumentation instrumentation, List<Class<?>> types) {
    List<Class<?>> failed = new ArrayList<>();
    if (types.isEmpty()) {
      return failed;
    }
    try {
      instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
    } catch (Throwable all) {
      for (Class<?> type : types) {
        try {
          instrumentation.retransformClasses(type);
        } catch (Throwable one) {
          failed.add(type);
        }
      }
    }
    return failed;
  }
}
