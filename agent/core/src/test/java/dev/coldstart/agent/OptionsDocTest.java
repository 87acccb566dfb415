package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Stale;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code agent/docs/options.md} says what {@link Option} says. */
class OptionsDocTest {
  private static final String HEAD =
      """
      # Options

      <!-- Generated from Option by OptionsDocTest; do not edit. -->

      All are optional. Each can be given in four places; where several give the same option, the
      first of this list wins:

      1. the agent's argument: `-javaagent:coldstart-agent.jar=key=value,key=value`
      2. a system property: `-Dcoldstart.key=value`
      3. an environment variable, named in the table
      4. a line `key=value` in the file that `config` names; `#` begins a comment line

      An unknown option or a value that is not allowed costs one line on stderr, and the default is
      used: the application always starts. A value with a comma cannot be given as agent argument
      (except in a list); use one of the other places.

      """;

  private static final String FOOT =
      """

      OpenTelemetry is configured by its standard `OTEL_*` variables and properties; `otel` only says
      whether it is used.

      `java -jar coldstart-agent.jar options` prints this table.
      """;

  @Test
  void documentationIsGenerated() throws IOException {
    StringBuilder out = new StringBuilder(HEAD);
    out.append("| option | values | default | meaning | environment |\n|---|---|---|---|---|\n");
    for (Option option : Option.values()) {
      out.append("| `").append(option.key).append("` | ").append(option.kind.allowed);
      out.append(" | ").append(option.byDefault.isEmpty() ? "" : "`" + option.byDefault + "`");
      out.append(" | ").append(option.help.replace("|", "\\|"));
      out.append(" | `").append(option.environment()).append("` |\n");
    }
    Stale.check(Path.of("../docs/options.md"), out.append(FOOT).toString());
  }

  @Test
  void everyDefaultIsAllowed() {
    for (Option option : Option.values()) {
      assertThat(Settings.isAllowed(option, option.byDefault)).as(option.key).isTrue();
    }
  }
}
