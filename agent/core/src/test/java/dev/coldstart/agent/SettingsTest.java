package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private record Result(Settings settings, List<String> lines) {}

  @TempDir private Path dir;
  private final Properties properties = new Properties();
  private final Map<String, String> environment = new java.util.HashMap<>();

  @Test
  void withoutAnythingGivenAllAreDefaults() {
    Result read = read(null);

    for (Option option : Option.values()) {
      assertThat(read.settings().text(option)).isEqualTo(option.byDefault);
    }
    assertThat(read.settings().millis(Option.EXPORT_DELAY)).isEqualTo(30_000);
    assertThat(read.settings().count(Option.WARM)).isEqualTo(20);
    assertThat(read.settings().on(Option.ENABLED)).isTrue();
    assertThat(read.settings().list(Option.DISABLE)).isEmpty();
    assertThat(read.lines()).isEmpty();
  }

  @Test
  void argumentBeatsPropertyBeatsEnvironmentBeatsFile() throws IOException {
    Path file =
        Files.writeString(dir.resolve("c"), "# comment\n\n warm = 4 \nservice=file\ndir=f\njfr=on");
    environment.put("COLDSTART_CONFIG", file.toString());
    environment.put("COLDSTART_WARM", "3");
    environment.put("COLDSTART_SERVICE", "environment");
    environment.put("COLDSTART_DIR", "environment");
    environment.put("COLDSTART_EXPORT_DELAY", "2s");
    properties.setProperty("coldstart.warm", "2");
    properties.setProperty("coldstart.service", "property");

    Result read = read("warm=1,summary=off");

    assertThat(read.lines()).isEmpty();
    assertThat(read.settings().count(Option.WARM)).isEqualTo(1);
    assertThat(read.settings().text(Option.SERVICE)).isEqualTo("property");
    assertThat(read.settings().text(Option.DIR)).isEqualTo("environment");
    assertThat(read.settings().millis(Option.EXPORT_DELAY)).isEqualTo(2_000);
    assertThat(read.settings().text(Option.JFR)).isEqualTo("on");
    assertThat(read.settings().on(Option.SUMMARY)).isFalse();
  }

  @Test
  void aBadValueLeavesTheNextSourceItsSay() {
    environment.put("COLDSTART_WARM", "5");

    Result read = read("warm=many");

    assertThat(read.settings().count(Option.WARM)).isEqualTo(5);
    assertThat(read.lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "warm=-1, a whole number",
    "warm=10001, a whole number",
    "warm=, a whole number",
    "summary=maybe, on or off",
    "jfr=sometimes, 'auto, on or off'",
    "export.delay=10, ms",
    "export.delay=999ms, from 1s",
    "export.delay=2h, to 1h",
    "export.delay=99999999999s, ms",
    "export.delay=-1s, ms",
  })
  void aBadValueIsOneLineWithKeyValueAndWhatIsAllowed(String argument, String allowed) {
    Result read = read(argument);
    int equals = argument.indexOf('=');
    Option option = Option.of(argument.substring(0, equals));

    assertThat(read.settings().text(option)).isEqualTo(option.byDefault);
    assertThat(read.lines()).hasSize(1);
    assertThat(read.lines().get(0))
        .contains(option.key, argument.substring(equals + 1), allowed, "-javaagent");
  }

  @Test
  void whatIsUnknownIsNamedWithWhatIsKnown() {
    properties.setProperty("coldstart.wram", "1");
    environment.put("COLDSTART_WRAM", "1");

    Result read = read("wram=1,summary");

    assertThat(read.lines()).hasSize(4).allMatch(line -> line.contains("option"));
    assertThat(read.lines().get(0)).contains("wram", "-javaagent", "warm, idle, disable");
    assertThat(read.lines().get(1)).contains("summary has no value", "on or off");
    assertThat(read.lines()).anyMatch(line -> line.contains("-Dcoldstart.wram"));
    assertThat(read.lines()).anyMatch(line -> line.contains("COLDSTART_WRAM"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"disable=a,b,c", "disable=a;b+c", "disable= a , b ;; c", "disable=a+b;c,"})
  void aListTakesEverySeparator(String argument) {
    Result read = read("warm=1," + argument + ",summary=off");

    assertThat(read.settings().list(Option.DISABLE)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(read.settings().on(Option.SUMMARY)).isFalse();
    assertThat(read.lines()).isEmpty();
  }

  @Test
  void aListOutsideTheArgumentTakesCommasToo() {
    properties.setProperty("coldstart.disable", "a,b");

    assertThat(read("").settings().list(Option.DISABLE)).containsExactlyInAnyOrder("a", "b");
  }

  @ParameterizedTest
  @CsvSource({"1s, 1000", "1000ms, 1000", "5m, 300000", "1h, 3600000"})
  void durationsHaveAUnit(String text, long millis) {
    assertThat(read("export.delay=" + text).settings().millis(Option.EXPORT_DELAY))
        .isEqualTo(millis);
  }

  @Test
  void trueAndFalseAreUnderstood() {
    assertThat(read("enabled=false").settings().on(Option.ENABLED)).isFalse();
    assertThat(read("otel=true").settings().text(Option.OTEL)).isEqualTo("on");
  }

  @Test
  void aConfigFileThatCannotBeReadIsOneLine() {
    for (String path : List.of(dir.resolve("none").toString(), dir.toString(), "a\nb", "a\0b")) {
      Result read = read("config=" + path);

      assertThat(read.lines()).hasSize(1);
      assertThat(read.lines().get(0)).contains("cannot read config=", "going on without it");
    }
  }

  @Test
  void anyBytesAsConfigFileAreSurvived() throws IOException {
    byte[] bytes = new byte[4_000];
    new Random(7).nextBytes(bytes);
    Path file = Files.write(dir.resolve("random"), bytes);

    List<String> lines = read("config=" + file).lines();
    assertThat(lines).hasSizeLessThanOrEqualTo(TextFile.MAX_WRONG + 1);
    assertThat(lines.subList(0, lines.size() - 1)).allMatch(SettingsTest::isOneClearLine);
  }

  @Test
  void whoeverMeantAnotherFileIsNotToldOfEachLine() throws IOException {
    Path file = Files.writeString(dir.resolve("log"), "nonsense\n".repeat(500) + "warm=3");
    Result read = read("config=" + file);

    assertThat(read.lines()).hasSize(TextFile.MAX_WRONG + 1);
    assertThat(read.lines().get(TextFile.MAX_WRONG))
        .isEqualTo(
            "coldstart: config file: 20 mistakes in it, the rest is left out; is it what was meant?");
    assertThat(read.settings().count(Option.WARM)).isEqualTo(20);
    assertThat(read("x,".repeat(500)).lines()).hasSize(TextFile.MAX_WRONG + 1);
  }

  @Test
  void aLargeFileIsNotRead() throws IOException {
    Path file = Files.write(dir.resolve("large"), new byte[(1 << 20) + 1]);
    assertThat(read("config=" + file).lines())
        .containsExactly(
            "coldstart: more than 1 MB in config="
                + file
                + ": going on without it; is it the right"
                + " file?");
  }

  @Test
  void noArgumentCanBreakTheStart() {
    Random random = new Random(42);
    String[] words = {
      "warm", "disable", "config", "export.delay", "enabled", "on", "off", "=", "=", ",", ",", ";",
      "+", " ", "\n", "\r", "\t", "\0", "\u001b[2J", "\u0085", "\u2028", "\ud800", "\u202e", "é",
      "٣", "9", "-1", "5s", "ms", "auto", "x".repeat(500), "../", "%s", "${x}", "\\", "\""
    };
    for (int round = 0; round < 2_000; round++) {
      StringBuilder argument = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        argument.append(
            random.nextInt(10) == 0
                ? String.valueOf((char) random.nextInt(0x10000))
                : words[random.nextInt(words.length)]);
      }
      Result read = read(argument.toString());
      int parts = argument.toString().split(",", -1).length;
      assertThat(read.lines()).as("%s", argument).allMatch(SettingsTest::isOneClearLine);
      assertThat(read.lines()).hasSizeLessThan(parts + 2);
      for (Option option : Option.values()) {
        assertThat(Settings.isAllowed(option, read.settings().text(option))).isTrue();
      }
      read.settings().count(Option.WARM);
      read.settings().millis(Option.EXPORT_DELAY);
      read.settings().list(Option.DISABLE);
    }
  }

  private static boolean isOneClearLine(String line) {
    return line.startsWith("coldstart: ")
        && (line.contains("option") || line.contains("config="))
        && line.length() < 1_300
        && line.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }

  private Result read(String arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Settings settings;
    try {
      System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
      settings = Settings.read(arguments, properties, environment);
    } finally {
      System.setErr(before);
    }
    return new Result(settings, printed.toString(StandardCharsets.UTF_8).lines().toList());
  }
}
