package dev.coldstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MarkdownTextTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/coldstart/report");

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void rendersTheSamples(String sample) throws IOException {
    Stale.check(GOLDEN.resolve(sample + ".md"), MarkdownText.of(Sample.report(sample)));
  }

  @Test
  void everyRowHasAsManyCells() {
    List<String> rows =
        MarkdownText.of(Sample.report("warm")).lines().filter(l -> l.startsWith("|")).toList();

    assertThat(rows).hasSizeGreaterThan(5).allMatch(row -> row.split("\\|", -1).length == 10);
  }

  @Test
  void namesCannotBecomeMarkup() {
    String hostile = "|<b> @all #77 [x](http://e.com) ![i](j) `c` *d* _e_ https://e.com \\\\u202e";
    RunReport report =
        ReportJson.read(
            Sample.json("cold")
                .replace("travel-agent", hostile)
                .replace("\"/chat\"", '"' + hostile + '"')
                .replace("\"tool_registry\"", '"' + hostile + '"'));

    String text = MarkdownText.of(report);

    assertThat(text)
        .doesNotContain("<b>", "@all", "#77", "[x]", "![", "`c`", "*d*", "_e_", "://", "\u202e");
    assertThat(text.lines().filter(l -> l.startsWith("|")))
        .allMatch(row -> row.split("\\|", -1).length == 10);
  }
}
