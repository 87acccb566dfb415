package dev.coldstart.cli;

import dev.coldstart.agent.ProbeLine;
import dev.coldstart.cli.ClassPath.Facts;
import dev.coldstart.cli.ClassPath.Member;
import dev.coldstart.weave.Label;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says for each line of a file with probes whether the classes have what it names. */
final class ProbesCheck {
  private static final int SUGGESTIONS = 3;
  private static final int NEAR = 2;

  private final ClassPath classes;
  private final PrintWriter out;

  ProbesCheck(ClassPath classes, PrintWriter out) {
    this.classes = classes;
    this.out = out;
  }

  /** Prints a line for each probe. Returns whether all of them will be timed. */
  boolean check(String file, List<String> lines) {
    boolean all = true;
    Set<String> seen = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      ProbeLine line = ProbeLine.of(lines.get(i));
      if (line == null) {
        continue;
      }
      List<String> found = new ArrayList<>();
      String wrong = line.wrong();
      if (wrong == null && !seen.add(line.target())) {
        wrong = "is in an earlier line; keep one of them";
      }
      if (wrong == null) {
        wrong = line.subtypes() ? subtypes(line, found) : exact(line, found);
      }
      all &= wrong == null;
      String said = wrong == null ? String.join(", ", found) : wrong;
      out.printf(
          "  %-5s %s:%d  %s: %s%n",
          wrong == null ? "ok" : "FAIL", file, i + 1, line.target(), said);
    }
    return all;
  }

  /** Returns what is wrong, null when nothing is. */
  private String exact(ProbeLine line, List<String> found) {
    Facts type = classes.type(line.type());
    if (type == null) {
      return "class not found" + near(line.type());
    }
    List<Member> named = type.named(line.method());
    if (named.isEmpty()) {
      return noMethod(type, line.method());
    }
    List<Member> bodies = named.stream().filter(Member::hasBody).toList();
    if (bodies.isEmpty()) {
      return "abstract: name the class that holds the body, or write +"
          + line.target()
          + " for all that extend or implement it";
    }
    found.add(bodies.size() == 1 ? "1 method" : bodies.size() + " methods");
    return label(line.label(), bodies);
  }

  private String subtypes(ProbeLine line, List<String> found) {
    int types = 0;
    List<Member> bodies = new ArrayList<>();
    boolean known = classes.type(line.type()) != null;
    for (Facts type : classes.types().values()) {
      if (type.name().equals(line.type()) || classes.isBelow(type, line.type())) {
        List<Member> here = type.named(line.method()).stream().filter(Member::hasBody).toList();
        types += here.isEmpty() ? 0 : 1;
        bodies.addAll(here);
        known = true;
      }
    }
    if (!known) {
      return "class not found" + near(line.type());
    }
    if (types == 0) {
      return "no class that extends or implements it has this method with a body";
    }
    found.add("in " + types + (types == 1 ? " class" : " classes"));
    return label(line.label(), bodies);
  }

  private static String label(Label label, List<Member> bodies) {
    if (label == null) {
      return null;
    }
    int needed = label.lastArgument() + 1;
    if (bodies.stream().allMatch(m -> m.parameters() < needed)) {
      return "the label shows argument " + (needed - 1) + ", which no method of that name has";
    }
    return label.usesThis() && bodies.stream().allMatch(Member::isStatic)
        ? "the label shows {this..}, which a static method does not have"
        : null;
  }

  private String noMethod(Facts type, String method) {
    for (String name : type.supers()) {
      Facts parent = classes.type(name);
      if (parent != null && !parent.named(method).isEmpty()) {
        return "no such method: it is inherited, name " + name + "#" + method;
      }
    }
    Stream<String> names = type.methods().stream().map(Member::name).distinct();
    return "no such method" + suggestion(names.filter(n -> isNear(n, method)));
  }

  private String near(String type) {
    String simple = simple(type);
    Stream<String> names =
        classes.types().keySet().stream()
            .filter(name -> isNear(simple(name), simple))
            .sorted(Comparator.comparingInt(name -> distance(name, type)));
    return suggestion(names);
  }

  private static String suggestion(Stream<String> names) {
    String some = names.limit(SUGGESTIONS).collect(Collectors.joining(" or "));
    return some.isEmpty() ? "" : "; did you mean " + some + "?";
  }

  private static String simple(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }

  private static boolean isNear(String one, String other) {
    return one.equalsIgnoreCase(other)
        || distance(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT)) <= NEAR
        || (one.length() > NEAR && other.startsWith(one))
        || (other.length() > NEAR && one.startsWith(other));
  }

  /** How many letters have to be put in, taken out or changed. */
  private static int distance(String one, String other) {
    int[] last = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
      }
      last = row;
    }
    return last[other.length()];
  }
}
