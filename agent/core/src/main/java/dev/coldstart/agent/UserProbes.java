package dev.coldstart.agent;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The methods a user asked for: those that handle a request ({@code requests=}) and those to time
 * ({@code probes=}, a file described in {@code docs/user-probes.md}). What cannot be used costs one
 * line on stderr, and the rest is used. Runs in premain: nothing here uses regex, string
 * formatting, NIO files or lambdas.
 */
final class UserProbes implements Library {
  private static final int MAX = 1_000;
  private static final int MAX_NAME = 200;

  /** Phases that are worked out, never measured by a probe. */
  private static final Set<String> DERIVED =
      Set.of(
          Phase.UNATTRIBUTED,
          Phase.PROMPT_CACHE.id(),
          Phase.JVM_START.id(),
          Phase.AGENT.id(),
          Phase.APP_START.id());

  private final List<Probe> probes = new ArrayList<>();
  private final Set<String> timed = new HashSet<>();
  private boolean tooMany;

  UserProbes(Settings settings) {
    // Before the timing ones: a method that is both is timed inside its own request.
    for (String method : settings.list(Option.REQUESTS)) {
      request(method);
    }
    String path = settings.text(Option.PROBES);
    if (!path.isEmpty()) {
      List<String> lines = TextFile.lines(Option.PROBES, path);
      for (int i = 0; i < lines.size(); i++) {
        String wrong = line(lines.get(i));
        if (wrong != null) {
          String place = AgentLog.printable(path, TextFile.MAX_PATH) + ":" + (i + 1);
          AgentLog.line(place + ": " + wrong + "; this line is left out");
        }
      }
    }
  }

  @Override
  public String name() {
    return "user";
  }

  @Override
  public String testedVersions() {
    return "-";
  }

  @Override
  public List<Probe> probes() {
    return List.copyOf(probes);
  }

  private void request(String method) {
    String wrong = wrongMethod(method);
    if (wrong != null) {
      AgentLog.line("option requests: " + wrong + "; it is left out");
    } else if (probes.size() < MAX) {
      int hash = method.indexOf('#');
      probes.add(Probe.request(method.substring(0, hash), method.substring(hash + 1)));
    }
  }

  /**
   * Takes a line {@code Type#method phase label}. Returns what is wrong with it, null if nothing.
   */
  private String line(String whole) {
    String rest = withoutComment(whole).trim();
    if (rest.isEmpty()) {
      return null;
    }
    String method = firstWord(rest);
    rest = rest.substring(method.length()).trim();
    String phase = firstWord(rest);
    String label = rest.substring(phase.length()).trim();
    String wrong = wrongMethod(method);
    if (wrong == null) {
      wrong = wrongPhase(phase);
    }
    if (wrong == null) {
      wrong = wrongLabel(label);
    }
    if (wrong == null && !timed.add(method)) {
      wrong = method + " is in an earlier line; keep one of them";
    }
    if (wrong != null || tooMany) {
      return wrong;
    }
    if (probes.size() >= MAX) {
      tooMany = true;
      return "more than " + MAX + " probes; shorten the file, what follows is left out";
    }
    int hash = method.indexOf('#');
    String type = method.substring(0, hash);
    String name = method.substring(hash + 1);
    String span = label.isEmpty() ? type.substring(type.lastIndexOf('.') + 1) + "#" + name : label;
    span = AgentLog.printable(span, MAX_NAME);
    probes.add(Probe.time(phase, span, type, name));
    return null;
  }

  /** A comment begins with # after a blank: the # of a method follows its type. */
  private static String withoutComment(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '#' && (i == 0 || isBlank(line.charAt(i - 1)))) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private static String firstWord(String text) {
    int end = 0;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  private static boolean isBlank(char c) {
    return c <= ' ';
  }

  private static String wrongMethod(String method) {
    String shown = AgentLog.printable(method);
    int hash = method.indexOf('#');
    if (hash < 0) {
      return shown + " names no method: write Type#method, as in com.acme.Tools#load";
    }
    String type = method.substring(0, hash);
    String name = method.substring(hash + 1);
    boolean isMethod = isName(name, false) || name.equals("<init>");
    if (!isName(type, true) || !isMethod || method.length() > MAX_NAME) {
      return shown
          + " is no method: write the full name of one class and one method, or <init> for"
          + " constructors, as in com.acme.Tools#load";
    }
    // The recorder itself runs on these: timing them would never end.
    if (type.startsWith("java.")
        || type.startsWith("jdk.internal.")
        || type.startsWith("dev.coldstart.bootstrap.")) {
      return shown + " cannot be probed, the agent needs it itself: name the method that calls it";
    }
    return null;
  }

  private static boolean isName(String name, boolean dots) {
    boolean start = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (start ? !Character.isJavaIdentifierStart(c) : !Character.isJavaIdentifierPart(c)) {
        if (start || !dots || c != '.') {
          return false;
        }
      }
      start = c == '.';
    }
    return !start;
  }

  private static String wrongPhase(String phase) {
    if (phase.isEmpty()) {
      return "no phase: write Type#method phase, as in com.acme.Tools#load tool_registry";
    }
    for (int i = 0; i < phase.length(); i++) {
      char c = phase.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      boolean further = i > 0 && (c == '_' || (c >= '0' && c <= '9'));
      if (!(letter || further) || i >= AgentLog.MAX_SHOWN) {
        return AgentLog.printable(phase)
            + " is no name of a phase: use lower case letters, digits and _, at most "
            + AgentLog.MAX_SHOWN
            + ", as in tool_registry";
      }
    }
    return DERIVED.contains(phase)
        ? phase + " is worked out by the agent: choose another name"
        : null;
  }

  private static String wrongLabel(String label) {
    // Braces are kept free for values of arguments.
    if (label.indexOf('{') >= 0 || label.indexOf('}') >= 0 || label.length() > MAX_NAME) {
      return "a label is plain text without { and }, of at most " + MAX_NAME + " characters";
    }
    return null;
  }
}
