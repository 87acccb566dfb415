package dev.coldstart.cli;

import dev.coldstart.bootstrap.Recorder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/** The jar this command line runs from. */
final class AgentJar {
  private AgentJar() {}

  /** Where the agent's visible classes come from, null when that cannot be told. */
  static Path path() {
    // Loaded by the jar's own loader here; in an application it would be in the boot loader.
    CodeSource source = Recorder.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
