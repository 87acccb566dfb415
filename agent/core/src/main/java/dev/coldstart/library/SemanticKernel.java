package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import java.util.List;

/**
 * Semantic Kernel for Java: making plugins and kernels, and calling functions, whether the model
 * asked for it or the application does. Its models are called by Azure's client for OpenAI.
 */
public final class SemanticKernel implements Library {
  private static final String KERNEL = "com.microsoft.semantickernel.";
  private static final String PLUGINS = KERNEL + "plugin.KernelPluginFactory";

  @Override
  public String name() {
    return "semantic-kernel";
  }

  @Override
  public String testedVersions() {
    return "1.3.0, 1.4.2";
  }

  @Override
  public List<Probe> probes() {
    Plugin plugin = new Plugin();
    return List.of(
        plugin("createFromObject", plugin).taking("(Ljava/lang/Class;"),
        plugin("importPluginFromDirectory", plugin),
        plugin("importPluginFromResourcesDirectory", plugin),
        Probe.time(Phase.AGENT_BUILD, "kernel", KERNEL + "Kernel$Builder", "build"),
        Probe.timeAsync(
                Phase.TOOL_CALL,
                "tool call",
                KERNEL + "semanticfunctions.KernelFunctionFromMethod",
                "invokeAsync")
            .noting(new Function()));
  }

  private static Probe plugin(String method, Note note) {
    return Probe.time(Phase.TOOL_REGISTRY, "plugin", PLUGINS, method).noting(note);
  }

  private static final class Plugin implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("plugin", Read.text(result, "getName"));
      Recorder.note("tools", Read.number(result, "getFunctions", "size"));
    }
  }

  private static final class Function implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("tool", Read.text(self, "getName"));
    }
  }
}
