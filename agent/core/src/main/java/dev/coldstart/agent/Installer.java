package dev.coldstart.agent;

import dev.coldstart.weave.Index;
import dev.coldstart.weave.Weaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The agent's part of premain: settings, index, one transformer. Whatever loads more waits for a
 * class with probes, or for the first request.
 */
public final class Installer implements BiConsumer<Object[], Instrumentation> {

  /**
   * Arguments: the agent's options (may be null), the nanoTime premain began at, and whether the
   * JVM was running already.
   */
  @Override
  public void accept(Object[] arguments, Instrumentation instrumentation) {
    long beginNanos = (Long) arguments[1];
    Settings settings = Settings.read((String) arguments[0]);
    if (!settings.on(Option.ENABLED)) {
      return;
    }
    Index index;
    try {
      Set<String> disabled = settings.list(Option.DISABLE);
      index = Index.read(disabled);
      reportUnknown(disabled, index.libraryNames());
      if (!settings.text(Option.PROBES).isEmpty() || !settings.text(Option.REQUESTS).isEmpty()) {
        index.add(new UserProbes(settings));
      }
    } catch (IOException e) {
      AgentLog.line("not active, the agent jar is damaged: download it again");
      return;
    }
    Background background = new Background(settings, instrumentation, beginNanos);
    Weaver weaver = new Weaver(index, background);
    background.weaver(weaver);
    instrumentation.addTransformer(weaver, true);
    Runtime.getRuntime().addShutdownHook(new Thread(new AtExit(background), "coldstart-exit"));
    if ((Boolean) arguments[2]) {
      background.attached(LateWeaving.weave(instrumentation, weaver));
    }
    background.premainEnded(System.nanoTime());
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
