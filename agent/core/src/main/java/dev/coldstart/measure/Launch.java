package dev.coldstart.measure;

import dev.coldstart.measure.Samples.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the command line and environment of each variant's process.
 *
 * <p>When the command is {@code java}, options go right after it: that reaches exactly this JVM.
 * Otherwise (a script, a launcher) they go into {@code JAVA_TOOL_OPTIONS}, which every JVM below
 * the command obeys.
 */
public final class Launch {
  /** In a command: the name of the variant. */
  static final String VARIANT = "{variant}";

  private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final Set<String> JAVA = Set.of("java", "java.exe", "javaw", "javaw.exe");
  private static final Set<String> TAKES_VALUE =
      Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--add-modules");

  private final List<String> command;
  private final Path jar;
  private final String agentOptions;

  /**
   * A way to start a service.
   *
   * @param jar the agent's jar
   * @param agentOptions {@code key=value,key=value}, empty for none
   */
  public Launch(List<String> command, Path jar, String agentOptions) {
    this.command = command;
    this.jar = jar;
    this.agentOptions = agentOptions;
  }

  /**
   * Refuses what would measure something else than it seems to.
   *
   * @param environment of the processes to be started
   */
  public void check(Map<String, String> environment) {
    if (jar.toString().indexOf('=') >= 0) {
      throw new BadInput("java cannot take an agent from a path with '=': move " + jar);
    }
    for (String word : command) {
      if (word.startsWith("-javaagent:") && word.contains("coldstart-agent")) {
        throw new BadInput("the command attaches the agent itself: remove " + word);
      }
    }
    for (String name : List.of(TOOL_OPTIONS, "JDK_JAVA_OPTIONS")) {
      if (environment.getOrDefault(name, "").contains("coldstart-agent")) {
        throw new BadInput(name + " attaches the agent already: unset it");
      }
    }
    for (String option : agentOptions.split(",", -1)) {
      if (option.startsWith("dir=") || option.startsWith("service=")) {
        throw new BadInput("--agent-options cannot set " + option + ": measure reads the report");
      }
    }
  }

  /** How the agent gets into a process. */
  public String attaches(boolean agent) {
    return !agent ? "none" : isJava() ? "option" : TOOL_OPTIONS;
  }

  /** What is started, without arguments: those may hold secrets. */
  public String program() {
    String name = fileName(command.get(0));
    if (!isJava()) {
      return name;
    }
    for (int i = 1; i < command.size(); i++) {
      String word = command.get(i);
      if (word.equals("-jar")) {
        return i + 1 == command.size() ? name : name + " -jar " + fileName(command.get(i + 1));
      }
      if (TAKES_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-")) {
        return name + " " + fileName(word);
      }
    }
    return name;
  }

  /** JVM options as they may be stored: values of properties may be secrets. */
  public static List<String> withoutValues(List<String> options) {
    List<String> shown = new ArrayList<>();
    for (String option : options) {
      int value = option.startsWith("-X") ? -1 : option.indexOf('=');
      shown.add(value < 0 ? option : option.substring(0, value) + "=...");
    }
    return shown;
  }

  /**
   * The process of one run, not started.
   *
   * @param options JVM options of the variant
   * @param reports where the agent writes
   */
  ProcessBuilder process(Variant variant, List<String> options, Path reports) {
    List<String> added = new ArrayList<>(options);
    if (!variant.agent().equals("none")) {
      added.add("-javaagent:" + jar + (agentOptions.isEmpty() ? "" : "=" + agentOptions));
      added.add("-Dcoldstart.dir=" + reports);
      added.add("-Dcoldstart.service=measured");
      added.add("-Dcoldstart.summary=off");
      // Starts that are only measured belong into no trace backend.
      added.add("-Dcoldstart.otel=off");
    }
    List<String> words = new ArrayList<>();
    for (String word : command) {
      words.add(word.replace(VARIANT, variant.name()));
    }
    ProcessBuilder builder = new ProcessBuilder(words);
    if (isJava()) {
      words.addAll(1, added);
    } else if (!added.isEmpty()) {
      builder.environment().merge(TOOL_OPTIONS, quoted(added), (old, own) -> old + " " + own);
    }
    return builder;
  }

  private boolean isJava() {
    return JAVA.contains(fileName(command.get(0)));
  }

  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static String quoted(List<String> options) {
    List<String> words = new ArrayList<>();
    for (String option : options) {
      words.add(option.matches("\\S+") ? option : '"' + option + '"');
    }
    return String.join(" ", words);
  }
}
