package dev.coldstart.it.harness;

import java.nio.file.Path;

/**
 * An installed JDK.
 *
 * @param home its folder
 * @param version as its release file names it, "17.0.15"
 */
public record Jdk(Path home, String version) {
  /** 17, 21, 25, .. */
  public int feature() {
    int dot = version.indexOf('.');
    return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
  }

  /** A command of its bin folder. */
  public String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }
}
