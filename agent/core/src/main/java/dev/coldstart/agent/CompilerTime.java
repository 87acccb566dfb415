package dev.coldstart.agent;

import java.io.File;

/**
 * CPU time of the JVM's compilers. What they do for the agent's code cannot be told from the rest;
 * it is estimated: each ns of cold code costs as much compiling as it does in the whole process.
 */
final class CompilerTime {
  private static final String THREADS = "/proc/self/task/";
  private static final String[] COMPILERS = {"C1 Compiler", "C2 Compiler", "JVMCI Compiler"};

  private CompilerTime() {}

  /**
   * How long the compilers have worked for each ns that everything else has; null where nobody
   * knows. Falls while a process grows warm: worth asking when its start is just over.
   */
  static Double perNanoOfOtherWork() {
    Long all = new CpuTime().nanos();
    String[] threads = new File(THREADS).list();
    if (all == null || threads == null) {
      return null;
    }
    long compilers = 0;
    for (String thread : threads) {
      if (isCompiler(SmallFile.read(THREADS + thread + "/comm"))) {
        Long nanos = CpuTime.parse(SmallFile.read(THREADS + thread + "/stat"));
        compilers += nanos == null ? 0 : nanos;
      }
    }
    return ratio(all, compilers);
  }

  static Double ratio(long all, long compilers) {
    return compilers <= 0 || compilers >= all
        ? null
        : (Double) ((double) compilers / (all - compilers));
  }

  /** A thread that has ended has no name. */
  static boolean isCompiler(String name) {
    if (name != null) {
      for (String compiler : COMPILERS) {
        if (name.startsWith(compiler)) {
          return true;
        }
      }
    }
    return false;
  }
}
