package dev.coldstart.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The agent's version; the build writes it into a resource. */
public final class AgentVersion {
  private static final String RESOURCE = "dev/coldstart/version.txt";

  private AgentVersion() {}

  /** "unknown" when not built by Maven. */
  public static String get() {
    try (InputStream in = AgentVersion.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
      return text.isEmpty() || text.startsWith("$") ? "unknown" : text;
    } catch (IOException e) {
      return "unknown";
    }
  }
}
