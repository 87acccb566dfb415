package dev.coldstart.cli;

import dev.coldstart.weave.Index;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.LibraryFacts;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints which libraries the agent looks into. */
@Command(
    name = "probes",
    aliases = "libraries",
    customSynopsis = "java -jar coldstart-agent.jar probes",
    header = "Lists what the agent looks into: libraries, tested versions, phases, classes.",
    footer = {"", "A name listed here can be switched off with disable=NAME."})
final class ProbesCommand implements Runnable {
  private static final int COLUMNS = 100;
  private static final int INDENT = 26;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (Library library : libraries()) {
      LibraryFacts facts = LibraryFacts.of(library);
      out.printf("%-16s %-8s %s%n", facts.name(), "tested", facts.testedVersions());
      list(out, "records", facts.records());
      list(out, "types", facts.types());
    }
  }

  private static List<Library> libraries() {
    try {
      return Index.read(Set.of()).libraries();
    } catch (IOException | ReflectiveOperationException e) {
      throw new Failure("the agent jar is damaged: download it again", e);
    }
  }

  private static void list(PrintWriter out, String label, List<String> items) {
    StringBuilder line = new StringBuilder(String.format("%-16s %-8s ", "", label));
    for (int i = 0; i < items.size(); i++) {
      String item = i == items.size() - 1 ? items.get(i) : items.get(i) + ", ";
      if (line.length() > INDENT && line.length() + item.stripTrailing().length() > COLUMNS) {
        out.println(line.toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(INDENT));
      }
      line.append(item);
    }
    out.println(line.toString().stripTrailing());
  }
}
