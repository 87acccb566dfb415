package dev.coldstart.cli;

import dev.coldstart.report.Stale;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** {@code agent/docs/man} holds the text of {@code --help} as man pages. */
class ManPagesTest {
  private static final String NOTE =
      "// Generated from the commands by ManPagesTest; do not edit.\n";

  @Test
  void arePrintedFromTheCommands() throws IOException {
    CommandLine all = Main.line(new Main());
    check("coldstart-agent.jar", all.getCommandSpec());
    for (CommandLine command : all.getSubcommands().values()) {
      if (!command.getCommandSpec().usageMessage().hidden()) {
        check("coldstart-agent.jar-" + command.getCommandName(), command.getCommandSpec());
      }
    }
  }

  private static void check(String page, CommandSpec spec) throws IOException {
    StringWriter text = new StringWriter();
    ManPageGenerator.writeSingleManPage(new PrintWriter(text, true), spec);
    String body =
        text.toString()
            .lines()
            // The version holds that of this Java, and the tags are for documents that include it.
            .filter(line -> !line.matches("(:revnumber:|:mansource:|// tag::|// end::).*"))
            .collect(Collectors.joining("\n"))
            .replaceAll("\n{3,}", "\n\n");
    Stale.check(Path.of("../docs/man", page + ".adoc"), NOTE + body.strip() + '\n');
  }
}
