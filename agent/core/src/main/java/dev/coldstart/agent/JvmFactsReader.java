package dev.coldstart.agent;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.coldstart.report.JvmFacts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Facts about the process. Uses JMX, so only ever on the background thread. */
final class JvmFactsReader {
  private static final int MAX_FLAG = 120;
  private static final int FIRST_JDK_WITH_AOT_CACHE = 24;

  private JvmFactsReader() {}

  static JvmFacts read() {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    return new JvmFacts(
        System.getProperty("java.version"),
        System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.vendor"),
        ProcessHandle.current().pid(),
        flags(runtime.getInputArguments()),
        Runtime.getRuntime().availableProcessors(),
        cpuQuota(),
        cds(),
        aot(),
        runtime.getStartTime());
  }

  /** Only -X options: the values of system properties may be secrets. */
  private static List<String> flags(List<String> arguments) {
    List<String> flags = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("-X")) {
        flags.add(argument.length() > MAX_FLAG ? argument.substring(0, MAX_FLAG) : argument);
      }
    }
    return flags;
  }

  /** cgroup v2 {@code cpu.max}: "quota period" in µs, "max" for no limit. */
  private static Double cpuQuota() {
    try {
      String[] parts = Files.readString(Path.of("/sys/fs/cgroup/cpu.max")).trim().split(" ", -1);
      return parts[0].equals("max")
          ? null
          : Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static String cds() {
    if (!sharing()) {
      return "off";
    }
    String archive = option("SharedArchiveFile");
    return archive == null || archive.isEmpty() ? "default archive" : "application archive";
  }

  private static String aot() {
    if (Runtime.version().feature() < FIRST_JDK_WITH_AOT_CACHE) {
      return "off";
    }
    String cache = option("AOTCache");
    if (cache == null) {
      return "unknown";
    }
    if (cache.isEmpty()) {
      return "off";
    }
    return sharing() ? "on" : "rejected";
  }

  /**
   * Whether classes come from an archive: "mixed mode, sharing". The option that said so is gone
   * since JDK 25.
   */
  private static boolean sharing() {
    return System.getProperty("java.vm.info", "").contains("sharing");
  }

  /** Value of a VM option, null when this JVM has none of that name. */
  private static String option(String name) {
    try {
      return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .getVMOption(name)
          .getValue();
    } catch (RuntimeException e) {
      return null;
    }
  }
}
