package dev.coldstart.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coldstart.measure.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetsTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cold.wall=10%,200ms | 0.1 | 200000000 | 10 % and 200 ms",
        "cold.wall=200ms,10% | 0.1 | 200000000 | 10 % and 200 ms",
        "cold.*=2.5% | 0.025 | 0 | 2.5 %",
        "*=1.5s | 0 | 1500000000 | 1.50 s",
        "cpu=0% | 0 | 0 | 0 %",
      })
  void readsSharesAndTimes(String text, double relative, long nanos, String shown) {
    Budget budget = Budget.parse(text);

    assertThat(budget.relative()).isEqualTo(relative);
    assertThat(budget.absoluteNanos()).isEqualTo(nanos);
    assertThat(budget.text()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cold.wall",
        "=10%",
        "a=",
        "a=10",
        "a=-5%",
        "a=10%,5%",
        "a=1ms,2ms",
        "a=1h",
        "a*b=1%",
        "a=NaN%",
        "a=1e9ms",
        "a b=1%"
      })
  void refusesAnythingElse(String text) {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> Budget.parse(text))
        .withMessageStartingWith("no budget: ");
  }

  @Test
  void aFlagComesAfterTheFile() throws IOException {
    Path file = write("budgets:\n  cold.*: 10%, 100ms\n  ready: 5%\n");

    Budgets budgets = Budgets.of(file, List.of("cold.wall=1s"));

    assertThat(budgets.budget("cold.wall").absoluteNanos()).isEqualTo(1_000_000_000L);
    assertThat(budgets.budget("cold.ttft").relative()).isEqualTo(0.1);
    assertThat(budgets.budget("ready").relative()).isEqualTo(0.05);
    assertThat(budgets.budget("cpu")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "[1]",
        "budgets: 3",
        "budgets: {a: 1%}\nother: 1",
        "{a: 1%}",
        "a: [",
        "&a"
      })
  void refusesAFileThatIsNone(String content) throws IOException {
    Path file = write(content);

    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> Budgets.of(file, List.of()))
        .satisfies(e -> assertThat(e.getMessage()).contains("budgets.yaml").doesNotContain("\n"));
  }

  private Path write(String content) throws IOException {
    return Files.writeString(dir.resolve("budgets.yaml"), content);
  }
}
