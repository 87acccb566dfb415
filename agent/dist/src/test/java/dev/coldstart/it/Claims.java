package dev.coldstart.it;

import dev.coldstart.weave.Index;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.LibraryFacts;
import dev.coldstart.weave.Probe;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares what one library file says of itself with the text of its tests and the jars that these
 * run. What a test asserts cannot be proved by reading it; that it names nothing of it can.
 */
final class Claims {
  private static final Path LIBS = Path.of(System.getProperty("coldstart.it-libs"));
  private static final Path SOURCES = LIBS.resolveSibling("src/test/java/dev/coldstart/it");
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+[\\w.-]*");

  /** By simple name; those of the tests and of what helps them. */
  private static final Map<String, String> TESTS = sources();

  /** Simple names of the library files. */
  private static final Set<String> FILES = files();

  private final Library library;
  private final LibraryFacts facts;
  private final String file;
  private final List<String> missing = new ArrayList<>();

  private Claims(Library library) {
    this.library = library;
    this.facts = LibraryFacts.of(library);
    this.file = library.getClass().getSimpleName();
  }

  /** What is claimed and not tested, each with what to do. */
  static List<String> untested(Library library) throws IOException {
    Claims claims = new Claims(library);
    claims.check();
    return claims.missing;
  }

  private void check() throws IOException {
    String own = tests();
    if (own.isEmpty()) {
      say("has no test: write " + file + "IT.java in dev.coldstart.it.library");
      return;
    }
    String all = withHelpers(own);
    versions(own, all);
    for (String record : facts.records()) {
      if (!record.startsWith("(")) {
        phase(record, all);
      } else if (record.equals("(requests)")) {
        expect(all, record, "route()", "requests()");
      } else if (record.equals("(requests from thread to thread)")) {
        expect(all, record, "carries(", "Carried.", "inferred");
      }
    }
    expect(own, "that it is woven at all", '"' + library.name() + '"');
  }

  /**
   * The tests that bear its name, as TomcatIT and TomcatVersionsIT do, and those that look for it
   * beside what they test. A part of several libraries, which does nothing by itself, may have none
   * but these.
   */
  private String tests() {
    StringBuilder tests = new StringBuilder();
    TESTS.forEach(
        (name, text) -> {
          boolean looksForIt = text.contains('"' + library.name() + '"');
          if (name.endsWith("IT") && (isFor(name) || looksForIt)) {
            tests.append(text);
          }
        });
    return tests.toString();
  }

  /** NettyHttpIT is no test of Netty where there is a library of that name. */
  private boolean isFor(String test) {
    return test.startsWith(file)
        && FILES.stream().noneMatch(f -> f.length() > file.length() && test.startsWith(f));
  }

  private void versions(String own, String all) throws IOException {
    Map<Path, String> jars = new LinkedHashMap<>();
    Set<String> sets = new LinkedHashSet<>();
    try (Stream<Path> folders = Files.list(LIBS)) {
      for (Path folder : folders.sorted().toList()) {
        Path list = folder.resolve("target/libs.txt");
        String name = folder.getFileName().toString();
        if (all.contains('"' + name + '"') && Files.exists(list) && sets.add(name)) {
          jars.putAll(jars(list));
        }
      }
    }
    if (all.contains("AgentRun.jarOf(")) {
      jars.putAll(ownClassPath());
    }
    String claimed = library.testedVersions();
    if (claimed.contains("JDK") && !own.contains("Jdks#all") && !own.contains("Jdks.all()")) {
      say("claims " + claimed + ": its test has to run on each of Jdks#all");
    }
    Matcher version = VERSION.matcher(claimed);
    while (version.find()) {
      boolean remark =
          claimed.lastIndexOf('(', version.start()) > claimed.lastIndexOf(')', version.start());
      if (!runs(version.group(), jars, remark)) {
        say(
            "claims "
                + version.group()
                + ": no jar of this version"
                + (remark ? "" : " that holds one of its classes")
                + " is in what its test runs, the folders of it-libs named in it "
                + sets
                + "; add a set, name it in the test, or take the claim back");
      }
    }
  }

  /**
   * Whether a jar of this version is run, and one with the library's classes when it is its own.
   */
  private boolean runs(String version, Map<Path, String> jars, boolean remark) throws IOException {
    for (Map.Entry<Path, String> jar : jars.entrySet()) {
      String found = jar.getValue();
      boolean same = found.equals(version) || found.startsWith(version + ".");
      if (same && (remark || holdsOne(jar.getKey()))) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsOne(Path jar) throws IOException {
    try (JarFile classes = new JarFile(jar.toFile())) {
      return facts.types().stream()
          .anyMatch(type -> classes.getEntry(type.replace('.', '/') + ".class") != null);
    }
  }

  /**
   * A phase is asserted by its name or that of an interval in it, or by what a model call tells.
   */
  private void phase(String phase, String all) {
    List<String> words = new ArrayList<>(List.of('"' + phase + '"'));
    for (Probe probe : library.probes()) {
      if (phase.equals(probe.phase())) {
        words.add('"' + probe.span() + '"');
      }
    }
    if (phase.equals("llm_ttft")) {
      words.addAll(List.of(".ttftNanos()", "Calls.answers("));
    } else if (phase.equals("llm_generation")) {
      words.addAll(List.of(".durationNanos()", "Calls.toolRounds("));
    } else if (phase.equals("app_start")) {
      words.addAll(List.of("startup()"));
    }
    expect(all, "the phase " + phase, words.toArray(new String[0]));
  }

  private void expect(String text, String what, String... words) {
    if (Stream.of(words).noneMatch(text::contains)) {
      say("claims " + what + ": its test asserts none of " + String.join(", ", words));
    }
  }

  private void say(String what) {
    missing.add("library/" + file + ".java " + what);
  }

  /** The text with that of the helpers of tests that it names, and of those that these name. */
  private static String withHelpers(String text) {
    StringBuilder all = new StringBuilder(text);
    Set<String> taken = new LinkedHashSet<>();
    for (boolean more = true; more; ) {
      more = false;
      for (Map.Entry<String, String> other : TESTS.entrySet()) {
        String name = other.getKey();
        boolean helper = !name.endsWith("IT") && !name.equals("Libs");
        boolean named = Pattern.compile("\\b" + name + "\\b").matcher(text).find();
        if (helper && named && taken.add(name)) {
          all.append(other.getValue());
        }
      }
    }
    return all.toString();
  }

  /** Jars of a set by path, with their versions. */
  private static Map<Path, String> jars(Path list) throws IOException {
    Map<Path, String> jars = new TreeMap<>();
    for (String line : Files.readAllLines(list)) {
      // group:artifact:jar:version:scope, with a classifier before the version in some.
      String[] parts = line.replaceAll(" --.*", "").strip().split(":", -1);
      if (parts.length >= 5) {
        String classifier = parts.length > 5 ? "-" + parts[3] : "";
        String name = parts[0] + "." + parts[1] + classifier + ".jar";
        Path jar = list.resolveSibling("libs").resolve(name);
        if (Files.exists(jar)) {
          jars.put(jar, parts[parts.length - 2]);
        }
      }
    }
    return jars;
  }

  /** Apps among the test classes run with jars of the tests' own class path. */
  private static Map<Path, String> ownClassPath() {
    Map<Path, String> jars = new TreeMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Matcher version = VERSION.matcher(Path.of(entry).getFileName().toString());
      if (entry.endsWith(".jar") && version.find()) {
        jars.put(Path.of(entry), version.group().replace(".jar", ""));
      }
    }
    return jars;
  }

  private static Set<String> files() {
    try {
      Set<String> files = new LinkedHashSet<>();
      for (Library library : Index.read(Set.of()).libraries()) {
        files.add(library.getClass().getSimpleName());
      }
      return files;
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>();
    for (String folder : new String[] {"", "chaos", "library"}) {
      try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          if (!name.startsWith("Claims")) {
            sources.put(name, Files.readString(file));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }
}
