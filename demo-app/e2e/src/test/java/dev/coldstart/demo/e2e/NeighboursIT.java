package dev.coldstart.demo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Beside another agent, in either order, a service does what it does under that agent alone, and
 * the report is as whole as without it. The build tries one; {@code scripts/neighbours.sh} tries
 * all.
 */
class NeighboursIT {
  @TempDir private Path dir;

  @Test
  void getsOnWithOtherAgents() throws Exception {
    List<Neighbourhood.Row> rows = new ArrayList<>();
    for (String framework : list("frameworks", "langchain4j")) {
      Neighbourhood here = new Neighbourhood(Jdks.any(), dir, framework);
      for (String name : list("names", "opentelemetry")) {
        rows.addAll(here.beside(Neighbour.named(name)));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "| agent | service | order of -javaagent | answers the same | report whole | warnings |");
    lines.add("|---|---|---|---|---|---|");
    rows.forEach(row -> lines.add(row.markdown()));
    String out = System.getProperty("coldstart.neighbours.out");
    if (out != null) {
      Files.write(Path.of(out), lines);
    }
    assertThat(rows).as(String.join("\n", lines)).allMatch(Neighbourhood.Row::good);
  }

  private static List<String> list(String name, String otherwise) {
    return List.of(System.getProperty("coldstart.neighbours." + name, otherwise).split(",", -1));
  }
}
