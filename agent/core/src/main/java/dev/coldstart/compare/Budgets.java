package dev.coldstart.compare;

import dev.coldstart.measure.BadInput;
import dev.coldstart.measure.InputText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which metrics are gated, and how. The last budget that matches a metric counts. */
public final class Budgets {
  private static final List<Budget> DEFAULT =
      List.of(
          Budget.parse("ready=10%,100ms"),
          Budget.parse("client.first=10%,100ms"),
          Budget.parse("cold.*=10%,100ms"));

  private final List<Budget> budgets;

  private Budgets(List<Budget> budgets) {
    this.budgets = budgets;
  }

  /**
   * From a file and from flags, which come after it; without either, the defaults.
   *
   * @param file YAML {@code budgets: {metric: "10%, 200ms"}}, or null
   */
  public static Budgets of(Path file, List<String> flags) {
    List<Budget> budgets = new ArrayList<>();
    if (file != null) {
      budgets.addAll(read(file));
    }
    flags.forEach(flag -> budgets.add(Budget.parse(flag)));
    return new Budgets(budgets.isEmpty() ? DEFAULT : budgets);
  }

  /** Null when the metric is only shown. */
  Budget budget(String metric) {
    Budget found = null;
    for (Budget budget : budgets) {
      if (budget.matches(metric)) {
        found = budget;
      }
    }
    return found;
  }

  /** Refuses a budget that names a metric nobody measured: a typo would pass for ever. */
  void check(Set<String> metrics) {
    for (Budget budget : budgets) {
      if (!DEFAULT.contains(budget) && metrics.stream().noneMatch(budget::matches)) {
        throw new BadInput(
            "no metric matches " + budget.pattern() + "; there are " + String.join(", ", metrics));
      }
    }
  }

  private static List<Budget> read(Path file) {
    Object content = InputText.yaml(file);
    Object map = content instanceof Map<?, ?> top ? top.get("budgets") : null;
    if (!(map instanceof Map<?, ?> named) || ((Map<?, ?>) content).size() > 1) {
      throw new BadInput(
          file + " is no budgets file: it has one key \"budgets\" with lines metric: 10%, 200ms");
    }
    List<Budget> budgets = new ArrayList<>();
    named.forEach(
        (metric, bounds) -> budgets.add(Budget.of(String.valueOf(metric), String.valueOf(bounds))));
    return budgets;
  }
}
