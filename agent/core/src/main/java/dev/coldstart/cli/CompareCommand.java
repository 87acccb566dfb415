package dev.coldstart.cli;

import dev.coldstart.compare.Budgets;
import dev.coldstart.compare.Comparer;
import dev.coldstart.compare.Comparison;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.compare.ComparisonFormat;
import dev.coldstart.compare.Side;
import dev.coldstart.compare.Sides;
import dev.coldstart.measure.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether cold start got slower. */
@Command(
    name = "compare",
    customSynopsis = {
      "java -jar coldstart-agent.jar compare [OPTIONS] BASE NEW",
      "       java -jar coldstart-agent.jar compare [OPTIONS] SAMPLES   (its two variants)"
    },
    header = "Says whether cold start got slower, and in which phase.",
    description = {
      "",
      "BASE and NEW are samples of \"measure\" (FILE, or FILE#VARIANT), a folder of the agent's",
      "reports, or reports separated by commas. A metric has regressed when its median shift is",
      "larger than its budget and that is no accident; it passes when the shift is surely within",
      "the budget; else these runs cannot tell, and the result says how many more would.",
      ""
    },
    footer = {
      "",
      "Metrics: ready, client.first, client.first_content, client.warm, cpu (seen from outside),",
      "cold.wall, cold.ttft, cold.PHASE, warm.wall, warm.PHASE, startup.PHASE (seen by the agent).",
      "Without budgets: ready, client.first and cold.* may lose 10 %% or 100 ms, whichever is more.",
      "",
      "  compare base.json new.json --fail-above 'cold.wall=10%%,200ms' --format markdown=out.md"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:pass or inconclusive",
      "1:failure",
      "2:usage, or a file that cannot be used",
      "3:regression",
      "4:inconclusive, with --strict"
    })
final class CompareCommand implements Callable<Integer> {
  private static final int REGRESSION = 3;
  private static final int INCONCLUSIVE = 4;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..2", paramLabel = "BASE NEW", description = "What to compare.")
  private List<String> operands;

  @Option(
      names = "--fail-above",
      paramLabel = "METRIC=BUDGET",
      description = {
        "What a metric may lose at most: cold.wall=10%%,200ms. Both must be exceeded. A * at the",
        "end of the metric stands for any rest. May be given several times; the last match counts."
      })
  private List<String> budgets = new ArrayList<>();

  @Option(
      names = "--budgets",
      paramLabel = "FILE",
      description = "YAML file with budgets: one key \"budgets\", lines metric: 10%%, 200ms.")
  private Path budgetsFile;

  @Option(
      names = "--alpha",
      paramLabel = "P",
      description = "Accepted chance of a false alarm, all metrics together; default: 0.05.")
  private double alpha = Comparer.ALPHA;

  @Option(names = "--strict", description = "Inconclusive is no pass: exit code 4.")
  private boolean strict;

  @Option(
      names = "--format",
      paramLabel = "NAME[=FILE]",
      description = {
        "text (default), markdown, junit, json, github, customSmallerIsBetter or bencher; to",
        "stdout or into a file. May be given several times."
      })
  private List<String> formats = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File for the formats that name none.")
  private Path output;

  @Override
  public Integer call() {
    if (!(alpha > 0 && alpha <= 0.5)) {
      throw new ParameterException(spec.commandLine(), "--alpha must be above 0, at most 0.5");
    }
    Map<ComparisonFormat, Path> wanted = formats();
    try {
      List<Side> sides =
          operands.size() == 1
              ? Sides.readBoth(operands.get(0))
              : List.of(Sides.read(operands.get(0)), Sides.read(operands.get(1)));
      Comparison comparison =
          new Comparer(Budgets.of(budgetsFile, budgets), alpha).compare(sides.get(0), sides.get(1));
      write(comparison, wanted);
      return exitCode(comparison.verdict());
    } catch (BadInput e) {
      throw Failure.badInput(e.getMessage(), e);
    }
  }

  private int exitCode(Verdict verdict) {
    return switch (verdict) {
      case PASS -> 0;
      case REGRESSION -> REGRESSION;
      case INCONCLUSIVE -> strict ? INCONCLUSIVE : 0;
    };
  }

  private void write(Comparison comparison, Map<ComparisonFormat, Path> wanted) {
    wanted.forEach(
        (format, file) -> {
          String text = format.render(comparison);
          if (file == null) {
            spec.commandLine().getOut().print(text);
            return;
          }
          try {
            Files.writeString(file, text);
          } catch (IOException e) {
            throw new Failure("cannot write " + file + ": name a file in a writable folder", e);
          }
        });
  }

  /** Each format with its file; null for stdout. */
  private Map<ComparisonFormat, Path> formats() {
    Map<ComparisonFormat, Path> wanted = new LinkedHashMap<>();
    for (String text : formats.isEmpty() ? List.of(ComparisonFormat.TEXT.id()) : formats) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      ComparisonFormat format =
          Arrays.stream(ComparisonFormat.values())
              .filter(f -> f.id().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name));
      wanted.put(format, equals < 0 ? output : Path.of(text.substring(equals + 1)));
    }
    return wanted;
  }

  private ParameterException unknown(String name) {
    String known =
        Arrays.stream(ComparisonFormat.values())
            .map(ComparisonFormat::id)
            .collect(Collectors.joining(", "));
    return new ParameterException(
        spec.commandLine(), "unknown format " + name + "; formats are " + known);
  }
}
