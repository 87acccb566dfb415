package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a user calls an interval: text with values of the call in braces, as in {@code load
 * {0.name}}. A brace holds a path: the receiver ({@code this}) or the number of an argument, then
 * names that {@link Accessor} knows. What cannot be read is "?".
 */
public final class Label {
  /** Different labels one probe may give. */
  static final int MAX_DISTINCT = 100;

  private static final int MAX_VALUES = 4;
  private static final int MAX_STEPS = 4;
  private static final String THIS = "this";

  /** One more than there are paths. */
  private final List<String> texts = new ArrayList<>();

  private final List<String[]> paths = new ArrayList<>();
  private final Set<String> given = ConcurrentHashMap.newKeySet();
  private boolean usesThis;

  /** A label that {@link #wrong} finds nothing wrong with. */
  public Label(String label) {
    int from = 0;
    for (int open = label.indexOf('{'); open >= 0; open = label.indexOf('{', from)) {
      int close = label.indexOf('}', open);
      String[] path = steps(label.substring(open + 1, close));
      texts.add(label.substring(from, open));
      paths.add(path);
      usesThis |= path[0].equals(THIS);
      from = close + 1;
    }
    texts.add(label.substring(from));
  }

  /** What is wrong with a label, null when nothing is. */
  public static String wrong(String label) {
    int values = 0;
    int from = 0;
    for (int open = label.indexOf('{'); open >= 0; open = label.indexOf('{', from)) {
      int close = label.indexOf('}', open);
      if (close < 0 || label.lastIndexOf('}', open) >= from) {
        return "braces that do not match";
      }
      String path = label.substring(open + 1, close);
      if (!isPath(path)) {
        return "{"
            + Shown.of(path, Shown.NAME)
            + "}, which is no value: write {0.name} for an argument, {this.name} for a field";
      }
      if (++values > MAX_VALUES) {
        return "more than " + MAX_VALUES + " values";
      }
      from = close + 1;
    }
    return label.indexOf('}', from) < 0 ? null : "braces that do not match";
  }

  /** The largest number of an argument in a label, -1 for none. */
  public int lastArgument() {
    int last = -1;
    for (String[] path : paths) {
      if (!path[0].equals(THIS)) {
        last = Math.max(last, path[0].charAt(0) - '0');
      }
    }
    return last;
  }

  /** Whether it shows anything of the receiver, which a static method does not have. */
  public boolean usesThis() {
    return usesThis;
  }

  /** The label of a call. Those that come when there are too many have ".." for values. */
  String of(Object self, Object[] args) {
    StringBuilder label = new StringBuilder(texts.get(0));
    StringBuilder others = new StringBuilder(texts.get(0));
    for (int i = 0; i < paths.size(); i++) {
      label.append(value(paths.get(i), self, args)).append(texts.get(i + 1));
      others.append("..").append(texts.get(i + 1));
    }
    String whole = label.toString();
    if (given.contains(whole)) {
      return whole;
    }
    return given.size() < MAX_DISTINCT && given.add(whole) ? whole : others.toString();
  }

  private static String value(String[] path, Object self, Object[] args) {
    int argument = path[0].charAt(0) - '0';
    Object value = path[0].equals(THIS) ? self : argument < args.length ? args[argument] : null;
    for (int i = 1; i < path.length && value != null; i++) {
      value = path[i].equals("class") ? value.getClass() : Accessor.read(value, path[i]);
    }
    String shown = Accessor.shown(value);
    return shown == null ? "?" : shown;
  }

  private static boolean isPath(String path) {
    String[] steps = steps(path);
    boolean argument = steps[0].length() == 1 && Character.digit(steps[0].charAt(0), 10) >= 0;
    if (steps.length > MAX_STEPS || (!argument && !steps[0].equals(THIS))) {
      return false;
    }
    for (int i = 1; i < steps.length; i++) {
      if (!isName(steps[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(String step) {
    for (int i = 0; i < step.length(); i++) {
      char c = step.charAt(i);
      if (i == 0 ? !Character.isJavaIdentifierStart(c) : !Character.isJavaIdentifierPart(c)) {
        return false;
      }
    }
    return !step.isEmpty();
  }

  /** By hand: this runs in premain, and {@code String.split} may load a regex. */
  private static String[] steps(String path) {
    List<String> steps = new ArrayList<>();
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      steps.add(path.substring(from, dot));
      from = dot + 1;
    }
    steps.add(path.substring(from));
    return steps.toArray(new String[0]);
  }
}
