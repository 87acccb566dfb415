package dev.coldstart.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What can be told from the page's text; how it looks and works is for scripts/html-check.sh. */
class HtmlReportTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>\u2028\u2029'\"&@@SCRIPT@@";

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void holdsTheWholeReport(String sample) {
    JsonObject data = reports(page(sample)).get(0).getAsJsonObject();

    assertThat(data.get("name").getAsString()).isEqualTo(sample + ".json");
    assertThat(ReportJson.read(data.get("report").toString())).isEqualTo(Sample.report(sample));
  }

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void asksTheNetworkForNothing(String sample) {
    String page = page(sample);

    assertThat(page)
        .doesNotContain("http://", "https://", "@import", "url(", " src=", "fetch(", "XMLHttp")
        .doesNotContain("@@", "innerHTML", "document.write", "eval(");
    assertThat(Pattern.compile("href=\"([^\"]*)\"").matcher(page).results())
        .allMatch(m -> m.group(1).startsWith("#"));
    assertThat(page).contains("default-src 'none'");
  }

  /** Nothing else than this style and this script runs, whatever a report holds. */
  @Test
  void policyNamesTheDigestsOfItsStyleAndScript() throws Exception {
    String page = page("warm");

    String style = between(page, "<style>", "</style>");
    String script = between(page, "</script>\n<script>", "</script>");
    assertThat(page)
        .contains("style-src '" + digest(style) + "'", "script-src '" + digest(script) + "'");
    assertThat(script).startsWith("\"use strict\";").contains("function start()");
  }

  @Test
  void hostileTextStaysText() {
    RunReport report =
        ReportJson.read(
            Sample.json("warm")
                .replace("\"mcp tools/list\"", new Gson().toJson(HOSTILE))
                .replace("travel-agent", "</script><b>"));

    String page = HtmlReport.of(List.of(new HtmlReport.Named(HOSTILE, report)));

    assertThat(occurrences(page, "<script")).isEqualTo(2);
    assertThat(occurrences(page, "</script")).isEqualTo(2);
    assertThat(page).doesNotContain("<!--", "<img", "<b>", "\u2028", "\u2029");
    JsonObject data = reports(page).get(0).getAsJsonObject();
    assertThat(data.get("name").getAsString()).isEqualTo(HOSTILE);
    assertThat(ReportJson.read(data.get("report").toString())).isEqualTo(report);
    assertThat(report.toString()).contains(HOSTILE);
  }

  /** What the page adds up is what Java added up. */
  @Test
  void derivedAmountsAddUp() {
    JsonObject data = reports(page("warm")).get(0).getAsJsonObject();

    long before = 0;
    for (JsonElement pair : data.getAsJsonArray("before_ready")) {
      before += pair.getAsJsonArray().get(1).getAsLong();
    }
    assertThat(before).isEqualTo(data.get("until_ready_ns").getAsLong());
    JsonObject first = data.getAsJsonObject("derived").getAsJsonObject("1");
    assertThat(first.get("title").getAsString())
        .isEqualTo("First token after 90.0 s; the model took 15.8 s of it (17.6 %).");
    assertThat(first.get("beside").getAsString()).contains("median of 20");
  }

  @Test
  void twoReportsSideBySide() {
    String page = HtmlReport.of(List.of(named("cold"), named("blocking")));

    assertThat(reports(page)).hasSize(2);
    assertThatIllegalArgumentException().isThrownBy(() -> HtmlReport.of(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HtmlReport.of(List.of(named("cold"), named("cold"), named("cold"))));
  }

  /** Beyond the limit, warm requests far from the median lose their spans first, and it is told. */
  @Test
  void leavesOutSpansOfWarmRequestsFarFromTheMedian() {
    JsonObject tree = ReportJson.tree(Sample.report("warm"));
    JsonObject cold = tree.getAsJsonArray("requests").get(0).getAsJsonObject();
    for (int id = 3; id < 6; id++) {
      JsonObject warm = cold.deepCopy();
      warm.addProperty("kind", "warm");
      warm.addProperty("id", id);
      warm.addProperty("wall_ns", 813_000_000L + (id == 4 ? 0 : id * 1_000_000_000L));
      tree.getAsJsonArray("requests").add(warm);
    }
    RunReport report = ReportJson.read(tree.toString());
    int spans = report.requests().get(0).spans().size();
    int near = report.requests().get(1).spans().size();

    JsonObject data = PageData.of(new HtmlReport.Named("many", report), 2 * spans + near);

    for (JsonElement element : data.getAsJsonObject("report").getAsJsonArray("requests")) {
      JsonObject request = element.getAsJsonObject();
      int id = request.get("id").getAsInt();
      boolean far = id == 3 || id == 5;
      assertThat(request.has("left_out")).as("request %d", id).isEqualTo(far);
      assertThat(request.getAsJsonArray("slices").isEmpty()).as("request %d", id).isEqualTo(far);
    }
    assertThat(report.requests().get(2).spans()).as("the report itself").hasSize(spans);
  }

  private static HtmlReport.Named named(String sample) {
    return new HtmlReport.Named(sample + ".json", Sample.report(sample));
  }

  private static String page(String sample) {
    return HtmlReport.of(List.of(named(sample)));
  }

  private static List<JsonElement> reports(String page) {
    String data = between(page, "id=\"data\">", "</script>");
    return JsonParser.parseString(data).getAsJsonObject().getAsJsonArray("reports").asList();
  }

  private static String between(String page, String begin, String end) {
    int from = page.indexOf(begin) + begin.length();
    return page.substring(from, page.indexOf(end, from));
  }

  private static long occurrences(String page, String text) {
    Matcher matcher = Pattern.compile(Pattern.quote(text)).matcher(page);
    return matcher.results().count();
  }

  private static String digest(String text) throws Exception {
    byte[] bytes =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(bytes);
  }
}
