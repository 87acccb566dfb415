package dev.coldstart.agent;

import dev.coldstart.weave.Index;
import dev.coldstart.weave.Weaver;
import dev.coldstart.weave.WovenCache;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The agent's part of premain: settings, index, one transformer. Whatever loads more waits for a
 * class with probes, or for the first request.
 */
public final class Installer implements BiConsumer<Object[], Instrumentation> {
  private static final int FIRST_JDK_WITH_AOT_CACHE = 24;

  /**
   * Arguments: the agent's options (may be null), the nanoTime premain began at, whether the JVM
   * was running already, and what defines the recorder when it is run, and then supplies the
   * numeric id of this process' user, -1 when the system has none.
   */
  @Override
  public void accept(Object[] arguments, Instrumentation instrumentation) {
    long beginNanos = (Long) arguments[1];
    Settings settings = Settings.read((String) arguments[0]);
    if (!settings.on(Option.ENABLED)) {
      return;
    }
    Runnable recorder = (Runnable) arguments[3];
    LongSupplier user = (LongSupplier) arguments[3];
    Index index;
    try {
      Set<String> disabled = settings.list(Option.DISABLE);
      index = Index.read(disabled);
      reportUnknown(disabled, index.libraryNames());
      if (!settings.text(Option.PROBES).isEmpty() || !settings.text(Option.REQUESTS).isEmpty()) {
        // Their hooks extend a class of the recorder.
        recorder.run();
        index.add(new UserProbes(settings));
      }
    } catch (IOException e) {
      AgentLog.line("not active, the agent jar is damaged: download it again");
      return;
    }
    Background background = new Background(settings, instrumentation, beginNanos, recorder, user);
    Weaver weaver = new Weaver(index, cache(settings, user, index), background);
    background.weaver(weaver);
    instrumentation.addTransformer(weaver, true);
    Runtime.getRuntime().addShutdownHook(new Thread(new AtExit(background), "coldstart-exit"));
    if ((Boolean) arguments[2]) {
      background.attached(LateWeaving.weave(instrumentation, weaver));
    } else if (Runtime.version().feature() >= FIRST_JDK_WITH_AOT_CACHE) {
      LateWeaving.preloaded(instrumentation, weaver);
    }
    background.premainEnded(System.nanoTime());
  }

  /** By default one for each user: what is in it becomes code of the application. */
  private static WovenCache cache(Settings settings, LongSupplier user, Index index) {
    String given = settings.text(Option.CACHE);
    if (given.equals("off")) {
      return WovenCache.off();
    }
    return given.isEmpty()
        ? WovenCache.of(user, index)
        : WovenCache.in(new File(given), true, user, index);
  }

  private static void reportUnknown(Set<String> disabled, String[] known) {
    Set<String> names = Set.of(known);
    for (String name : disabled) {
      if (!names.contains(name)) {
        AgentLog.line(
            "option disable names no library: "
                + AgentLog.printable(name)
                + "; libraries are "
                + String.join(", ", known));
      }
    }
  }
}
