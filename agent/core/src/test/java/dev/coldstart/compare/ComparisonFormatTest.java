package dev.coldstart.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.coldstart.report.Stale;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class ComparisonFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/coldstart/compare");

  private static Comparison slower() {
    return ComparerTest.compare(10, 2_000, 2_500, "cold.*=10%,100ms", "cold.llm_ttft=5%");
  }

  @ParameterizedTest
  @EnumSource
  void rendersARegression(ComparisonFormat format) throws IOException {
    Stale.check(GOLDEN.resolve("slower." + format.id()), format.render(slower()));
  }

  @ParameterizedTest
  @EnumSource
  void rendersAPass(ComparisonFormat format) throws IOException {
    Comparison same = ComparerTest.compare(20, 2_000, 2_000, "cold.*=10%,100ms");

    Stale.check(GOLDEN.resolve("same." + format.id()), format.render(same));
  }

  @Test
  void junitIsXmlThatCountsItsCases() throws Exception {
    String xml = ComparisonFormat.JUNIT.render(slower());
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();

    assertThat(suite.getElementsByTagName("testcase").getLength())
        .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
    assertThat(suite.getElementsByTagName("failure").getLength())
        .isEqualTo(Integer.parseInt(suite.getAttribute("failures")))
        .isEqualTo(3);
  }

  @Test
  void gitHubGetsTenAnnotationsOfAKindAndNoMore() {
    List<Comparison.Metric> metrics = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      metrics.add(renamed(slower().metrics().get(0), "cold.phase_" + i));
    }
    String text = ComparisonFormat.GITHUB.render(with(metrics));

    assertThat(text.lines().filter(line -> line.startsWith("::error "))).hasSize(10);
    assertThat(text).contains("31 more", "cold.phase_39");
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(64 * 1024);
  }

  @Test
  void hostileNamesStayData() {
    String name = "cold.<script>x</script>|`]]>&\n::error::%0A\u001b[2J";
    Comparison hostile = with(List.of(renamed(slower().metrics().get(0), name)));

    assertThat(ComparisonFormat.MARKDOWN.render(hostile)).doesNotContain("<script");
    assertThat(ComparisonFormat.JUNIT.render(hostile)).doesNotContain("<script", "\u001b");
    assertThat(ComparisonFormat.TEXT.render(hostile)).doesNotContain("\u001b");
    assertThat(ComparisonFormat.GITHUB.render(hostile).lines())
        .hasSize(2)
        .noneMatch(line -> line.startsWith("::error::"))
        .noneMatch(line -> line.contains("%0A"));
    for (ComparisonFormat format :
        List.of(
            ComparisonFormat.JSON,
            ComparisonFormat.BENCHER,
            ComparisonFormat.CUSTOM_SMALLER_IS_BETTER)) {
      assertThat(JsonParser.parseString(format.render(hostile)).toString()).contains("script");
    }
  }

  private static Comparison with(List<Comparison.Metric> metrics) {
    Comparison c = slower();
    return new Comparison(
        c.schema(),
        c.verdict(),
        c.base(),
        c.other(),
        c.baseRuns(),
        c.otherRuns(),
        c.alpha(),
        c.warnings(),
        metrics);
  }

  private static Comparison.Metric renamed(Comparison.Metric m, String name) {
    return new Comparison.Metric(
        name,
        m.budget(),
        m.baseNanos(),
        m.otherNanos(),
        m.shiftNanos(),
        m.relative(),
        m.p(),
        m.pAdjusted(),
        m.verdict(),
        m.reason());
  }
}
