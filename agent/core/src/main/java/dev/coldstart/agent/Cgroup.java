package dev.coldstart.agent;

/**
 * How long the process's own cgroup held it back ({@code cpu.stat}, version 1 and 2). What a parent
 * of that group holds back is not in there. Not thread-safe.
 */
final class Cgroup {
  private static final String[] KEYS = {"throttled_usec ", "throttled_time "};
  private static final long[] UNIT_NANOS = {1_000, 1};

  private final String file;

  Cgroup() {
    this(SmallFile.read("/proc/self/cgroup"), "/sys/fs/cgroup");
  }

  /**
   * The cgroup of a process.
   *
   * @param memberships its {@code /proc/<pid>/cgroup}, null when there is none
   * @param root where cgroups are mounted
   */
  Cgroup(String memberships, String root) {
    file = memberships == null ? null : find(memberships, root);
  }

  /** ns so far, all CPUs together; null when the group has no limit or is not known. */
  Long throttledNanos() {
    return file == null ? null : parse(SmallFile.read(file));
  }

  /** Null when nothing is said about throttling. */
  static Long parse(String stat) {
    if (stat == null) {
      return null;
    }
    for (String line : stat.split("\n", -1)) {
      for (int i = 0; i < KEYS.length; i++) {
        if (line.startsWith(KEYS[i])) {
          try {
            return Long.parseLong(line.substring(KEYS[i].length())) * UNIT_NANOS[i];
          } catch (NumberFormatException e) {
            return null;
          }
        }
      }
    }
    return null;
  }

  /** Each line is {@code <id>:<controllers>:<path>}; version 2 has no controllers. */
  private static String find(String memberships, String root) {
    for (String line : memberships.split("\n", -1)) {
      int first = line.indexOf(':');
      int second = line.indexOf(':', first + 1);
      if (first < 0 || second < 0) {
        continue;
      }
      String controllers = line.substring(first + 1, second);
      String path = line.substring(second + 1);
      if (controllers.isEmpty()) {
        // Where both versions are mounted, the CPU is one of version 1's or here.
        String found = firstWithThrottling(root, root + "/unified", path);
        if (found != null) {
          return found;
        }
      } else if (("," + controllers + ",").contains(",cpu,")) {
        String found = firstWithThrottling(root + "/" + controllers, root + "/cpu", path);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** In a container the path may be the host's, while the group itself is mounted at the root. */
  private static String firstWithThrottling(String mount, String other, String path) {
    String own = path.equals("/") ? "" : path;
    String[] candidates = {mount + own, other + own, mount, other};
    for (String candidate : candidates) {
      if (parse(SmallFile.read(candidate + "/cpu.stat")) != null) {
        return candidate + "/cpu.stat";
      }
    }
    return null;
  }
}
