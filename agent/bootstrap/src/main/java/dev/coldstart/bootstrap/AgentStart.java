package dev.coldstart.bootstrap;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.zip.ZipFile;
import jdk.internal.misc.Unsafe;
import jdk.internal.misc.VM;

/**
 * Builds the agent's class loader and hands over to it. What a process needs only when it has
 * something to weave waits for the first class with probes: {@link #run} defines the recorder, and
 * after that {@link #getAsLong} tells whose process it is.
 */
final class AgentStart implements Runnable, LongSupplier {
  /** What the JDK's own commands have as main class; they inherit JAVA_TOOL_OPTIONS. */
  private static final String[] JDK_TOOLS = {
    "jdk.", "sun.tools.", "com.sun.tools.", "sun.security.tools.", "sun.jvm.", "java.base/sun."
  };

  /** In the boot loader, in this order: each needs only those before it. */
  private static final String[] BOOT_CLASSES = {"Hook", "Scope", "Trace", "HandOff", "Recorder"};

  private static final String PACKAGE = "dev/coldstart/bootstrap/";

  private final ZipFile jar;
  private final Instrumentation instrumentation;
  private boolean defined;

  private AgentStart(ZipFile jar, Instrumentation instrumentation) {
    this.jar = jar;
    this.instrumentation = instrumentation;
  }

  static void cli(String[] args) throws Exception {
    // There is no application to be isolated from: the parent is the jar's own loader.
    File file = file();
    ClassLoader loader =
        new AgentClassLoader(file, new ZipFile(file), AgentStart.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    @SuppressWarnings("unchecked")
    Consumer<String[]> cli =
        (Consumer<String[]>)
            loader.loadClass("dev.coldstart.cli.Main").getDeclaredConstructor().newInstance();
    cli.accept(args);
  }

  static void install(String options, Instrumentation instrumentation, boolean attached)
      throws Exception {
    long beginNanos = System.nanoTime();
    if (!attached && isJdkTool(System.getProperty("sun.java.command", ""))) {
      return;
    }
    if (System.getProperty("dev.coldstart.loaded") != null) {
      System.err.println(
          "coldstart: already active in this JVM; give -javaagent:coldstart-agent.jar only once");
      return;
    }
    System.setProperty("dev.coldstart.loaded", "true");
    File file = file();
    ZipFile jar = new ZipFile(file);
    ClassLoader loader = new AgentClassLoader(file, jar, ClassLoader.getPlatformClassLoader());
    @SuppressWarnings("unchecked")
    BiConsumer<Object[], Instrumentation> installer =
        (BiConsumer<Object[], Instrumentation>)
            loader
                .loadClass("dev.coldstart.agent.Installer")
                .getDeclaredConstructor()
                .newInstance();
    AgentStart start = new AgentStart(jar, instrumentation);
    installer.accept(new Object[] {options, beginNanos, attached, start}, instrumentation);
  }

  /** Numeric id of this process' user, -1 when the system has none. */
  @Override
  public long getAsLong() {
    try {
      return VM.geteuid();
    } catch (LinkageError e) {
      return -1;
    }
  }

  private static boolean isJdkTool(String command) {
    for (String tool : JDK_TOOLS) {
      if (command.startsWith(tool)) {
        return true;
      }
    }
    return false;
  }

  private static File file() throws Exception {
    return new File(AgentStart.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /**
   * Defines the recorder in the boot loader, where woven classes of every loader find it, without
   * appending to the boot class path: that would make JDK 25 drop the application's AppCDS archive
   * (decision 0002). A second call does nothing.
   */
  @Override
  public synchronized void run() {
    if (defined) {
      return;
    }
    defined = true;
    Module here = AgentStart.class.getModule();
    instrumentation.redefineModule(
        Object.class.getModule(),
        Collections.emptySet(),
        Map.of("jdk.internal.misc", Set.of(here)),
        Collections.emptyMap(),
        Collections.emptySet(),
        Collections.emptyMap());
    for (String name : BOOT_CLASSES) {
      String path = PACKAGE.concat(name);
      try (InputStream in = jar.getInputStream(jar.getEntry(path.concat(".class")))) {
        byte[] bytes = in.readAllBytes();
        Unsafe.getUnsafe().defineClass(path, bytes, 0, bytes.length, null, null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
