package dev.coldstart.it.chaos;

import com.google.gson.GsonBuilder;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * The ledger of one row of the fault and abuse suite: a static {@code @RegisterExtension} of a test
 * class {@code NameIT} keeps the row "name". A test fails when something was found in it; a test
 * that fails otherwise is a difference. Written to {@code chaos/<row>.json} beside the jar, where
 * {@code scripts/chaos.sh} reads it. Thread-safe.
 */
final class Row
    implements BeforeAllCallback,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        TestExecutionExceptionHandler,
        AfterAllCallback {
  private static final boolean FULL = "full".equals(System.getProperty("coldstart.chaos"));
  private static final int MAX_FINDING = 2_000;

  private final String meaning;
  private final List<String> findings = new ArrayList<>();
  private final Set<String> notRun = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private long cases;
  private long differences;
  private long lost;
  private long leaks;
  private int findingsBefore;
  private long beginNanos;

  /** As it is written. */
  private record Ledger(
      String row,
      String meaning,
      String size,
      long cases,
      long differences,
      long lost,
      long leaks,
      long seconds,
      Set<String> notRun,
      List<String> findings,
      List<String> notes) {}

  /**
   * @param meaning what is done, and what must hold; one sentence for the page
   */
  Row(String meaning) {
    this.meaning = meaning;
  }

  /** The short form is for every build, the full one for {@code scripts/chaos.sh --full}. */
  static int size(int inShort, int inFull) {
    return FULL ? inFull : inShort;
  }

  /** All that are found, in the short form the oldest only. */
  static List<Jdk> jdks() {
    return FULL ? Jdks.all() : List.of(Jdks.any());
  }

  /** Counts a case: something done to a process with the agent. */
  synchronized void ran() {
    cases++;
  }

  /** Counts a case, and what a client saw otherwise than without the agent. */
  synchronized void same(String name, Seen plain, Seen watched) {
    ran();
    watched.differences(plain).forEach(difference -> differs(name, difference));
  }

  /** The application did, or the agent said, something else than it must. */
  synchronized void differs(String name, String what) {
    differences++;
    found(name, what);
  }

  /** Unless this holds the application did, or the agent said, something else than it must. */
  synchronized void holds(String name, boolean holds, String what) {
    if (!holds) {
      differs(name, what);
    }
  }

  /** Requests or traces that the agent should have; nothing when the count is 0. */
  synchronized void lost(String name, long count, String what) {
    if (count != 0) {
      lost += Math.abs(count);
      found(name, count + " lost: " + what);
    }
  }

  /** Files, threads or memory left behind; nothing when the list is empty. */
  synchronized void leaked(String name, List<?> what) {
    leaks += what.size();
    what.forEach(thing -> found(name, "left behind: " + thing));
  }

  /** A figure for the page. */
  synchronized void note(String text) {
    notes.add(text);
  }

  /** Figures for the page: the least, the median and the most. */
  void note(String what, List<Long> values, String unit) {
    long[] sorted = LongStream.of(values.stream().mapToLong(v -> v).toArray()).sorted().toArray();
    note(
        what
            + " "
            + sorted[sorted.length / 2]
            + unit
            + (sorted.length == 1
                ? ""
                : " ("
                    + sorted[0]
                    + " to "
                    + sorted[sorted.length - 1]
                    + ", n="
                    + sorted.length
                    + ")"));
  }

  /** A case that this machine cannot run. It is told, and does not count. */
  synchronized void notRun(String why) {
    notRun.add(why);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    beginNanos = System.nanoTime();
  }

  @Override
  public synchronized void beforeTestExecution(ExtensionContext context) {
    findingsBefore = findings.size();
  }

  @Override
  public synchronized void afterTestExecution(ExtensionContext context) {
    if (findings.size() > findingsBefore && context.getExecutionException().isEmpty()) {
      throw new AssertionError(
          String.join("\n", findings.subList(findingsBefore, findings.size())));
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    if (thrown instanceof TestAbortedException) {
      notRun(thrown.getMessage());
    } else {
      differs(context.getDisplayName(), thrown.toString());
    }
    throw thrown;
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) throws IOException {
    String row = name(context.getRequiredTestClass());
    Ledger ledger =
        new Ledger(
            row,
            meaning,
            FULL ? "full" : "short",
            cases,
            differences,
            lost,
            leaks,
            (System.nanoTime() - beginNanos + 500_000_000) / 1_000_000_000,
            notRun,
            findings,
            notes);
    Path folder = Files.createDirectories(AgentRun.JAR.resolveSibling("chaos"));
    Files.writeString(
        folder.resolve(row + ".json"),
        new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create().toJson(ledger));
  }

  private void found(String name, String what) {
    String text = name + ": " + what;
    findings.add(text.length() <= MAX_FINDING ? text : text.substring(0, MAX_FINDING) + "...");
  }

  /** {@code DiskFullIT} has the row "disk-full". */
  private static String name(Class<?> type) {
    String simple = type.getSimpleName().replaceFirst("IT$", "");
    return Arrays.stream(simple.split("(?=\\p{Upper})"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("-"));
  }
}
