package dev.coldstart.weave.store;

import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements of SQL that create what is searched: "create table", "create index". Their first words
 * are all that is read of them. They count for what encloses them, as steps of connections do: a
 * store that creates its table is connecting.
 */
public final class SchemaSteps {
  private static final List<String> CREATED =
      List.of("extension", "schema", "database", "table", "index");

  private SchemaSteps() {}

  /** Probes for a method of a driver whose first argument is a statement's text. */
  public static List<Probe> in(String type, String method) {
    List<Probe> probes = new ArrayList<>();
    for (String created : CREATED) {
      String words = "create " + created;
      probes.add(
          Probe.time(Connect.PHASE, words, type, method)
              .taking("(Ljava/lang/String;")
              .noting(Statement.beginning(words, At.argument(0))));
    }
    return probes;
  }
}
