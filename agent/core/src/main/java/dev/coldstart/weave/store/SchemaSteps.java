package dev.coldstart.weave.store;

import dev.coldstart.phase.Connect;
import dev.coldstart.weave.Note;
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
              .noting(new Creating(words)));
    }
    return probes;
  }

  /** Picks the statements that begin with these words. */
  record Creating(String words) implements Note {
    @Override
    public boolean wants(Object self, Object[] args) {
      return args[0] instanceof String sql
          && sql.regionMatches(true, begin(sql), words, 0, words.length());
    }

    @Override
    public void note(Object self, Object[] args, Object result) {
      // What kind of thing was created is the interval's name, and nobody else's business.
    }

    private static int begin(String sql) {
      int begin = 0;
      while (begin < sql.length() && Character.isWhitespace(sql.charAt(begin))) {
        begin++;
      }
      return begin;
    }
  }
}
