package dev.coldstart.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coldstart.measure.Samples.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private static final Path JAR = Path.of("/opt/my tools/coldstart-agent.jar");

  @Test
  void optionsGoRightAfterJava() {
    List<String> words =
        process("option", "disable=tomcat", "/jdk/bin/java", "-Xmx1g", "-jar", "{variant}.jar")
            .command();

    assertThat(words.subList(0, 3))
        .containsExactly(
            "/jdk/bin/java", "-XX:+UseSerialGC", "-javaagent:" + JAR + "=disable=tomcat");
    assertThat(words).contains("-Dcoldstart.dir=/reports", "-Dcoldstart.otel=off");
    assertThat(words).endsWith("-Xmx1g", "-jar", "blue.jar");
  }

  @Test
  void anythingElseGetsThemByTheEnvironment() {
    ProcessBuilder builder = process("JAVA_TOOL_OPTIONS", "", "./run.sh", "{variant}");

    assertThat(builder.command()).containsExactly("./run.sh", "blue");
    assertThat(builder.environment().get("JAVA_TOOL_OPTIONS"))
        .contains("-XX:+UseSerialGC \"-javaagent:" + JAR + "\" -Dcoldstart.dir=/reports");
  }

  @Test
  void withoutTheAgentOnlyTheVariantsOptionsAreAdded() {
    assertThat(process("none", "", "java", "-jar", "a.jar").command())
        .containsExactly("java", "-XX:+UseSerialGC", "-jar", "a.jar");
  }

  @Test
  void storesNoValuesAndNoArguments() {
    assertThat(Launch.withoutValues(List.of("-Xmx1g", "-Dkey=secret", "-XX:Foo=1", "-Dflag")))
        .containsExactly("-Xmx1g", "-Dkey=...", "-XX:Foo=1", "-Dflag");
    assertThat(program("/jdk/bin/java", "-Dkey=secret", "-jar", "/x/a.jar", "--token=secret"))
        .isEqualTo("java -jar a.jar");
    assertThat(program("java", "-cp", "a.jar:b.jar", "com.acme.Main", "secret"))
        .isEqualTo("java com.acme.Main");
    assertThat(program("./run.sh", "secret")).isEqualTo("run.sh");
  }

  @Test
  void refusesWhatWouldMeasureSomethingElse() {
    refused(launch("", "java", "-javaagent:/x/coldstart-agent.jar", "-jar", "a.jar"), Map.of());
    refused(
        launch("", "java", "-jar", "a.jar"),
        Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/x/coldstart-agent.jar"));
    refused(launch("warm=1,dir=/tmp", "java", "-jar", "a.jar"), Map.of());
    refused(new Launch(List.of("java"), Path.of("/a=b/coldstart-agent.jar"), ""), Map.of());
    launch("warm=1", "java", "-jar", "a.jar").check(Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g"));
  }

  private static void refused(Launch launch, Map<String, String> environment) {
    assertThatExceptionOfType(BadInput.class).isThrownBy(() -> launch.check(environment));
  }

  private static String program(String... command) {
    return launch("", command).program();
  }

  private static ProcessBuilder process(String attached, String agentOptions, String... command) {
    Variant variant = new Variant("blue", List.of(), attached);
    return launch(agentOptions, command)
        .process(variant, List.of("-XX:+UseSerialGC"), Path.of("/reports"));
  }

  private static Launch launch(String agentOptions, String... command) {
    return new Launch(List.of(command), JAR, agentOptions);
  }
}
