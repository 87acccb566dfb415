package dev.coldstart.measure;

import dev.coldstart.report.ReportFile;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Files from outside: never larger than expected, and every complaint is one line. */
public final class InputText {
  private static final int MAX_YAML_BYTES = 1 << 20;
  private static final int MAX_MESSAGE = 200;

  /**
   * The text of a file.
   *
   * @param maxBytes a larger file is refused before it is read
   * @param hint which file to name instead, for people
   */
  public static String read(Path file, int maxBytes, String hint) {
    try {
      return ReportFile.text(file, maxBytes, hint);
    } catch (IllegalArgumentException e) {
      throw new BadInput(e.getMessage(), e);
    }
  }

  /** The content of a YAML or JSON file as maps, lists and scalars; null when it is empty. */
  public static Object yaml(Path file) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setMaxAliasesForCollections(20).build();
    try {
      Optional<Object> content =
          Optional.ofNullable(
              new Load(settings)
                  .loadFromString(read(file, MAX_YAML_BYTES, "name a small YAML or JSON file")));
      return content.orElse(null);
    } catch (YamlEngineException e) {
      String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
      String brief = text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
      throw new BadInput(file + " is no readable YAML or JSON: " + brief, e);
    }
  }

  private InputText() {}
}
