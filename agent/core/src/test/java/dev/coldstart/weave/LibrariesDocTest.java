package dev.coldstart.weave;

import dev.coldstart.report.Stale;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code agent/docs/libraries.md} says what the library files say. */
class LibrariesDocTest {
  private static final String HEAD =
      """
      # Libraries

      <!-- Generated from the files in dev.coldstart.library by LibrariesDocTest; do not edit. -->

      What the agent looks into. "Tested" are the versions its own tests run; others work as long as
      the methods looked at keep their names, and a class in which none of them is found becomes a
      warning in the report. Switch one off with `disable=NAME`. Adding one:
      [CONTRIBUTING](../../.github/CONTRIBUTING.md).

      """;

  @Test
  void documentationIsGenerated() throws Exception {
    StringBuilder out = new StringBuilder(HEAD);
    out.append("| name | tested | records | classes |\n|---|---|---|---|\n");
    for (Library library : IndexWriter.libraries(Path.of("target/classes"))) {
      LibraryFacts facts = LibraryFacts.of(library);
      out.append("| `").append(facts.name()).append("` | ").append(facts.testedVersions());
      out.append(" | ");
      for (int i = 0; i < facts.records().size(); i++) {
        String item = facts.records().get(i);
        out.append(i == 0 ? "" : ", ");
        out.append(item.startsWith("(") ? item : "`" + item + "`");
      }
      out.append(" | `").append(String.join("`<br>`", facts.types())).append("` |\n");
    }
    out.append("\n`java -jar coldstart-agent.jar probes` prints this table.\n");
    Stale.check(Path.of("../docs/libraries.md"), out.toString());
  }
}
