package dev.coldstart.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.coldstart.bootstrap.AgentMain;
import dev.coldstart.report.Human;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads the agent into a running JVM and says what it comes too late for. */
@Command(
    name = "attach",
    customSynopsis = "java -jar coldstart-agent.jar attach [--options=KEY=VALUE,...] PID",
    header = "Loads the agent into a running JVM.",
    description = {
      "",
      "For a look at re-cold requests of a service that is up. The first request has been served by",
      "then: to see it, start the service with -javaagent:coldstart-agent.jar. The agent stays until",
      "the process ends. Needs a JDK, the same user as the process, and a process on this host.",
      ""
    })
final class AttachCommand implements Callable<Integer> {
  /** Set by the agent once it is active. */
  private static final String LOADED = "dev.coldstart.loaded";

  /** What the agent could still weave. */
  private static final String RESULT = "dev.coldstart.attached";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "Process id, as jcmd -l lists them.")
  private long pid;

  @Option(
      names = "--options",
      paramLabel = "KEY=VALUE,...",
      defaultValue = "",
      description = "Options of the agent, as after -javaagent:coldstart-agent.jar=.")
  private String options;

  @Override
  public Integer call() throws IOException {
    Path jar = AgentJar.path();
    if (jar == null) {
      throw new Failure("not run from the agent's jar: run java -jar coldstart-agent.jar attach");
    }
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
      throw new Failure("this Java cannot attach (no module jdk.attach): run it with a JDK");
    }
    if (pid == ProcessHandle.current().pid()) {
      throw Failure.badInput("PID " + pid + " is this command itself: see jcmd -l", null);
    }
    VirtualMachine machine = open();
    try {
      if (machine.getSystemProperties().containsKey(LOADED)) {
        throw new Failure("the agent is already active in process " + pid + ": nothing to do");
      }
      load(machine, jar);
      tell(machine.getSystemProperties());
    } finally {
      machine.detach();
    }
    return 0;
  }

  private VirtualMachine open() {
    try {
      return VirtualMachine.attach(Long.toString(pid));
    } catch (AttachNotSupportedException | IOException e) {
      throw Failure.badInput(
          "cannot attach to process "
              + pid
              + ": name a Java process of the same user on this host (jcmd -l lists them) that runs"
              + " without -XX:+DisableAttachMechanism",
          e);
    }
  }

  private void load(VirtualMachine machine, Path jar) throws IOException {
    Path starter = starter(jar);
    try {
      machine.loadAgent((starter == null ? jar : starter).toString(), options);
    } catch (AgentLoadException | AgentInitializationException e) {
      throw new Failure(
          "process "
              + pid
              + " did not take the agent: it needs Java 17 or later, read access to "
              + jar
              + ", and not -XX:-EnableDynamicAgentLoading",
          e);
    } finally {
      if (starter != null) {
        Files.deleteIfExists(starter);
      }
    }
  }

  /**
   * A jar that only names the agent's own. That one asks for a capability which a running JVM does
   * not give, {@code Can-Maintain-Original-Method-Order}, and the JVM prints a failed assertion to
   * the stderr of the service. Null when it cannot be made: the agent works all the same.
   */
  private static Path starter(Path jar) {
    Manifest manifest = new Manifest();
    Attributes all = manifest.getMainAttributes();
    all.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    all.put(Attributes.Name.CLASS_PATH, jar.toAbsolutePath().toUri().toString());
    all.putValue("Agent-Class", AgentMain.class.getName());
    all.putValue("Can-Retransform-Classes", "true");
    try {
      Path starter = Files.createTempFile("coldstart-attach", ".jar");
      try (OutputStream out = Files.newOutputStream(starter)) {
        new JarOutputStream(out, manifest).close();
      }
      // The process may be another user's, when this is root.
      starter.toFile().setReadable(true, false);
      return starter;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private void tell(Properties target) {
    String result = target.getProperty(RESULT);
    if (result == null) {
      throw new Failure("the agent is not active in process " + pid + ": its stderr says why");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("Attached to process " + pid + age() + ".");
    out.println("  woven   " + result);
    out.println("  missed  its start, every request so far, and calls that are running now;");
    out.println("          no request can be called cold: the next ones are warm or re-cold");
    out.println("  report  written after the next request of an agent");
  }

  private String age() {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(start -> Duration.between(start, Instant.now()).toNanos())
        .map(nanos -> ", " + Human.time(nanos) + " after its start")
        .orElse("");
  }
}
