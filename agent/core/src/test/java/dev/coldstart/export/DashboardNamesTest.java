package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and rules ask for metrics, attributes and bounds that the agent exports. */
class DashboardNamesTest {
  private static final Path DASHBOARDS = Path.of("../../dashboards");
  private static final Pattern UNDERSCORES = Pattern.compile("\\bcoldstart_[a-z_]+(?=[{\\[,) =!])");
  private static final Pattern DOTS = Pattern.compile("\\bcoldstart\\.[a-z_.]+(?=\\\\?\")");
  private static final Pattern BOUND = Pattern.compile("le=~\"(\\d+)\\(");

  @Test
  void allNamesAreExported() throws IOException {
    Set<String> exported = exported();
    Set<String> asked = new TreeSet<>();
    for (Path file : files()) {
      String text = Files.readString(file);
      asked.addAll(found(UNDERSCORES, text));
      asked.addAll(found(DOTS, text));
    }
    assertThat(asked).hasSizeGreaterThan(20);
    assertThat(exported).containsAll(asked);
  }

  @Test
  void boundsOfRulesAreThoseOfBuckets() throws IOException {
    String rules = Files.readString(DASHBOARDS.resolve("prometheus/coldstart-rules.yml"));
    Matcher bound = BOUND.matcher(rules);
    int count = 0;
    for (; bound.find(); count++) {
      assertThat(OtlpInstrument.REQUEST_DURATION.bounds()).contains(Double.valueOf(bound.group(1)));
    }
    assertThat(count).isPositive();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> dashboards = Files.walk(DASHBOARDS.resolve("grafana"))) {
      dashboards.filter(f -> f.toString().endsWith(".json")).forEach(files::add);
    }
    files.add(DASHBOARDS.resolve("prometheus/coldstart-rules.yml"));
    return files;
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  /** In both spellings: metrics with what servers append, and attributes. */
  private static Set<String> exported() {
    Set<String> names = new TreeSet<>();
    for (OtlpInstrument instrument : OtlpInstrument.values()) {
      List<String> parts =
          instrument.form == OtlpInstrument.Form.HISTOGRAM
              ? List.of("", "_bucket", "_sum", "_count")
              : List.of("");
      String unit = instrument.unit.equals("s") ? "_seconds" : "";
      String total = instrument.form == OtlpInstrument.Form.COUNTER ? "_total" : "";
      for (String part : parts) {
        names.add(instrument.metric + part);
        names.add(instrument.metric.replace('.', '_') + unit + total + part);
      }
      for (String attribute : instrument.attributes) {
        names.add(attribute);
        names.add(attribute.replace('.', '_'));
      }
    }
    return names;
  }
}
