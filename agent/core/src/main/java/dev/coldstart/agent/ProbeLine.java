package dev.coldstart.agent;

import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Label;
import java.util.Set;

/**
 * A line {@code Type#method phase label} of a file with probes. Read in premain too: nothing here
 * uses regex, string formatting or lambdas.
 */
public final class ProbeLine {
  static final int MAX_NAME = 200;

  /** Phases that are worked out, never measured by a probe. */
  private static final Set<String> DERIVED =
      Set.of(
          Phase.UNATTRIBUTED,
          Connect.PHASE,
          Phase.PROMPT_CACHE.id(),
          Phase.JVM_START.id(),
          Phase.AGENT.id(),
          Phase.APP_START.id());

  private final String text;
  private final String method;
  private final boolean subtypes;
  private final String phase;
  private final String label;

  private ProbeLine(String text) {
    this.text = text;
    String first = firstWord(text);
    subtypes = first.startsWith("+");
    method = subtypes ? first.substring(1) : first;
    String rest = text.substring(first.length()).trim();
    phase = firstWord(rest);
    label = rest.substring(phase.length()).trim();
  }

  /** Null for a line that holds nothing but a comment. */
  public static ProbeLine of(String line) {
    String text = withoutComment(line).trim();
    return text.isEmpty() ? null : new ProbeLine(text);
  }

  /** What is wrong with it and what to write, null when nothing is. */
  public String wrong() {
    String wrong = wrongMethod(method);
    if (wrong == null) {
      wrong = wrongPhase(phase);
    }
    return wrong == null ? wrongLabel(label) : wrong;
  }

  /** The type and method, as written. */
  public String target() {
    return firstWord(text);
  }

  /** Binary name of the class. */
  public String type() {
    return method.substring(0, method.indexOf('#'));
  }

  /** Name of the method, {@code <init>} for constructors. */
  public String method() {
    return method.substring(method.indexOf('#') + 1);
  }

  /** Whether it is for whatever extends or implements the type. */
  public boolean subtypes() {
    return subtypes;
  }

  String phase() {
    return phase;
  }

  /** What the interval is called when no value is shown. */
  String span() {
    String simple = type().substring(type().lastIndexOf('.') + 1);
    return AgentLog.printable(label.isEmpty() ? simple + "#" + method() : label, MAX_NAME);
  }

  /** Null when the label shows no values of the call. */
  public Label label() {
    return label.indexOf('{') < 0 ? null : new Label(label);
  }

  /** What is wrong with {@code Type#method}, null when nothing is. */
  static String wrongMethod(String method) {
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
    if (label.length() > MAX_NAME) {
      return "a label has at most " + MAX_NAME + " characters";
    }
    String wrong = Label.wrong(label);
    return wrong == null ? null : "the label has ".concat(wrong);
  }
}
