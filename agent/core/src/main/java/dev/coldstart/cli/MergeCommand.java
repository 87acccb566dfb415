package dev.coldstart.cli;

import dev.coldstart.export.MergedLog;
import dev.coldstart.report.Human;
import dev.coldstart.report.RecordJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds up the histogram logs of many processes. */
@Command(
    name = "merge",
    customSynopsis = "java -jar coldstart-agent.jar merge [-o=FILE] [--json|--quiet] RUN.hlog...",
    header = "Adds up the histogram logs of many processes.",
    description = {
      "",
      "Reads the .hlog files the agent wrote, adds them by tag (phase:kind, request:kind, ttft:kind)",
      "and prints one line per tag. A directory stands for all the .hlog files in it.",
      ""
    })
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN.hlog", arity = "1..*", description = "Logs, or directories.")
  private List<Path> given;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the sum to this file, a log of the same form; replaced if it exists.")
  private Path output;

  @Option(names = "--json", description = "Print JSON instead of a table, times in ns.")
  private boolean json;

  @Option(names = "--quiet", description = "Print nothing.")
  private boolean quiet;

  @Override
  public Integer call() {
    MergedLog merged = new MergedLog();
    for (Path file : files()) {
      add(merged, file);
    }
    if (output != null) {
      try {
        Files.write(output, merged.encode());
      } catch (IOException e) {
        throw new Failure("cannot write " + output + ": name a file in a writable directory", e);
      }
    }
    if (json) {
      Sum sum = new Sum(Sum.SCHEMA, merged.logs(), merged.rows());
      spec.commandLine().getOut().print(Sum.JSON.write(sum));
    } else if (!quiet) {
      table(spec.commandLine().getOut(), merged);
    }
    return 0;
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path path : given) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      int before = files.size();
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(path, "*.hlog")) {
        inside.forEach(files::add);
      } catch (IOException e) {
        throw Failure.badInput("cannot read the directory " + path, e);
      }
      if (files.size() == before) {
        throw Failure.badInput("no .hlog file in " + path + ": name the dir= of the agent", null);
      }
    }
    return files;
  }

  private static void add(MergedLog merged, Path file) {
    try {
      merged.add(file);
    } catch (NoSuchFileException e) {
      throw Failure.badInput("no such file: " + file, e);
    } catch (IOException e) {
      throw Failure.badInput("cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      throw Failure.badInput(file + ": " + e.getMessage(), e);
    }
  }

  private static void table(PrintWriter out, MergedLog merged) {
    List<MergedLog.Row> rows = merged.rows();
    int width = rows.stream().mapToInt(row -> row.tag().length()).max().orElse(3);
    String line = "%-" + width + "s %10s %10s %10s %10s %10s%n";
    out.println(Human.count(merged.logs(), "log") + " added up:");
    out.printf(line, "tag", "count", "p50", "p95", "p99", "max");
    for (MergedLog.Row row : rows) {
      out.printf(
          line,
          row.tag(),
          row.count(),
          Human.time(row.p50Nanos()),
          Human.time(row.p95Nanos()),
          Human.time(row.p99Nanos()),
          Human.time(row.maxNanos()));
    }
  }

  private record Sum(String schema, int logs, List<MergedLog.Row> rows) {
    static final String SCHEMA = "coldstart.merged/1";

    static final RecordJson<Sum> JSON =
        new RecordJson<>(Sum.class, SCHEMA, "merged log", component -> false);
  }
}
