package dev.coldstart.cli;

import dev.coldstart.compare.Budgets;
import dev.coldstart.compare.Comparer;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.compare.GatePower;
import dev.coldstart.compare.Side;
import dev.coldstart.compare.Sides;
import dev.coldstart.measure.BadInput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how often "compare" would be right on these runs; for scripts/gate-power.sh. */
@Command(
    name = "power",
    hidden = true,
    customSynopsis = "java -jar coldstart-agent.jar power [OPTIONS] BASE SLOWER",
    header = "Says how often \"compare\" would be right.",
    description = {
      "",
      "Splits the runs of BASE at random into two disjoint halves and compares them: no verdict may",
      "be a regression. Compares random runs of BASE with random runs of SLOWER: all should be.",
      "Code 3 when there are more false alarms or fewer detections than allowed.",
      ""
    })
final class PowerCommand implements Callable<Integer> {
  private static final int MISSED = 3;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BASE", description = "FILE or FILE#VARIANT.")
  private String base;

  @Parameters(index = "1", paramLabel = "SLOWER", description = "FILE or FILE#VARIANT.")
  private String slower;

  @Option(names = "--metric", required = true, description = "Where SLOWER is slower.")
  private String metric;

  @Option(names = "--fail-above", description = "As for \"compare\".")
  private List<String> budgets = new ArrayList<>();

  @Option(names = "--budgets", description = "As for \"compare\".")
  private Path budgetsFile;

  @Option(names = "--runs", description = "Of each side in a comparison; default: 20.")
  private int runs = 20;

  @Option(names = "--times", description = "Comparisons of each kind; default: 200.")
  private int times = 200;

  @Option(names = "--false-alarms", description = "Allowed, in %%; default: 1.")
  private double falseAlarms = 1;

  @Option(names = "--detections", description = "Required, in %%; default: 95.")
  private double detections = 95;

  @Override
  public Integer call() {
    try {
      Side left = Sides.read(base);
      Side right = Sides.read(slower);
      Comparer comparer = new Comparer(Budgets.of(budgetsFile, budgets), Comparer.ALPHA);
      GatePower power = new GatePower(comparer, runs, times);
      double wrong = tell("nothing changed, any metric", power.falseAlarms(left));
      double found = tell(metric + " slower", power.detections(left, right, metric));
      return wrong <= falseAlarms && found >= detections ? 0 : MISSED;
    } catch (BadInput e) {
      throw Failure.badInput(e.getMessage(), e);
    }
  }

  /** Returns the share of regressions in %. */
  private double tell(String what, Map<Verdict, Integer> verdicts) {
    int regressions = verdicts.getOrDefault(Verdict.REGRESSION, 0);
    double share = 100.0 * regressions / times;
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "  %-36s %d comparisons, %d against %d runs: regression %d (%.1f %%), inconclusive %d,"
            + " pass %d%n",
        what,
        times,
        runs,
        runs,
        regressions,
        share,
        verdicts.getOrDefault(Verdict.INCONCLUSIVE, 0),
        verdicts.getOrDefault(Verdict.PASS, 0));
    return share;
  }
}
