package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.coldstart.it.app.IsolationApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the jar, and what of it an application can see. */
class JarAnatomyIT {
  private static final String BOOTSTRAP = "dev/coldstart/bootstrap/";
  private static final String ENTRY = BOOTSTRAP + "AgentMain.class";
  private static final int JAVA_8 = 52;
  private static final int JAVA_17 = 61;
  private static final long MAX_BYTES = 8L << 20;
  private static final int MAX_ENTRIES = 100;

  /** Of which components the packages are; one that is new here is new in NOTICE, too. */
  private static final List<String> PACKED =
      List.of(
          "com/fasterxml/jackson/core/",
          "com/google/gson/",
          "dev/coldstart/",
          "io/opentelemetry/",
          "io/prometheus/metrics/",
          "kotlin/",
          "net/bytebuddy/jar/asm/",
          "okhttp3/",
          "okio/",
          "org/HdrHistogram/",
          "org/apache/commons/numbers/",
          "org/apache/commons/rng/",
          "org/apache/commons/statistics/",
          "org/intellij/lang/annotations/",
          "org/jetbrains/annotations/",
          "org/snakeyaml/engine/",
          "picocli/");

  @TempDir private Path folder;

  @Test
  void keepsEverythingButTheBootstrapClassesBelowInst() throws IOException {
    List<String> files = files();
    List<String> classes = new ArrayList<>(archivedClasses().keySet());
    assertThat(files)
        .doesNotHaveDuplicates()
        .allMatch(
            f -> f.startsWith("META-INF/") || f.startsWith(BOOTSTRAP) || f.startsWith("inst/"))
        .noneMatch(f -> f.contains("META-INF/versions/"))
        .noneMatch(f -> f.endsWith("module-info.class"))
        .noneMatch(f -> f.startsWith("inst/") && f.endsWith(".class"))
        .contains("inst/coldstart.index", ENTRY)
        // The JVM looks at each before premain.
        .hasSizeLessThan(MAX_ENTRIES);
    assertThat(classes)
        .doesNotHaveDuplicates()
        .contains("dev/coldstart/agent/Installer", "net/bytebuddy/jar/asm/ClassReader")
        .noneMatch(c -> c.endsWith("module-info") || c.startsWith("META-INF/"))
        .noneMatch(c -> c.startsWith(BOOTSTRAP));
    assertThat(files).filteredOn(f -> f.startsWith(BOOTSTRAP)).hasSizeLessThanOrEqualTo(8);
    assertThat(files).filteredOn(f -> f.startsWith("META-INF/services/")).isEmpty();
    assertThat(Files.size(AgentRun.JAR)).isLessThanOrEqualTo(MAX_BYTES);
  }

  @Test
  void startsOnJava8AndNeedsJava17() throws IOException {
    try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
      for (String file : files()) {
        if (file.endsWith(".class")) {
          int expected = file.equals(ENTRY) ? JAVA_8 : JAVA_17;
          assertThat(version(jar, file)).as(file).isEqualTo(expected);
        }
      }
    }
    assertThat(archivedClasses())
        .allSatisfy((name, version) -> assertThat(version).isLessThanOrEqualTo(JAVA_17));
  }

  @Test
  void namesItsEntryPoints() throws IOException {
    try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      for (String entry : List.of("Premain-Class", "Agent-Class", "Main-Class")) {
        assertThat(manifest.getValue(entry)).isEqualTo("dev.coldstart.bootstrap.AgentMain");
      }
      assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
      assertThat(manifest.getValue("Implementation-Version")).isNotEmpty();
      assertThat(manifest.getValue("Boot-Class-Path")).isNull();
      assertThat(manifest.getValue("Multi-Release")).isNull();
    }
  }

  @Test
  void namesWhatItPacks() throws IOException {
    List<String> listed = new ArrayList<>();
    for (JsonElement component : sbom().getAsJsonArray("components")) {
      JsonObject json = component.getAsJsonObject();
      String group = text(json, "group");
      if (!group.equals("dev.coldstart")) {
        listed.add(group + ":" + text(json, "name") + " " + text(json, "version"));
        assertThat(json.getAsJsonArray("licenses")).as(listed.toString()).isNotEmpty();
      }
    }
    String notice = text("META-INF/NOTICE");
    assertThat(notice.lines().filter(line -> line.endsWith(")") && line.contains(":")))
        .extracting(line -> line.substring(0, line.indexOf(" (")))
        .containsExactlyInAnyOrderElementsOf(listed);
    assertThat(files()).contains("META-INF/LICENSE", "META-INF/licenses/byte-buddy/ASM");
    assertThat(archivedClasses().keySet())
        .allMatch(name -> PACKED.stream().anyMatch(name::startsWith));
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void staysOutOfTheApplicationsSight(Jdk jdk) {
    ForkedApp.Ended ended =
        AgentRun.on(jdk, folder)
            .options("summary=off")
            .classPath(Fakes.compile("hikari", folder))
            .run(IsolationApp.class);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .containsExactly(
            "net.bytebuddy.jar.asm.ClassReader not found",
            "io.opentelemetry.api.OpenTelemetry not found",
            "com.google.gson.Gson not found",
            "org.HdrHistogram.Histogram not found",
            "dev.coldstart.agent.Installer not found",
            "dev.coldstart.bootstrap.Recorder from the boot loader",
            "context class loaders: app");
    assertThat(ended.exit()).isZero();
  }

  private static JsonObject sbom() throws IOException {
    return JsonParser.parseString(text("META-INF/sbom/coldstart.cdx.json")).getAsJsonObject();
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  private static String text(String file) throws IOException {
    try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
      return new String(
          jar.getInputStream(jar.getJarEntry(file)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
      for (Enumeration<JarEntry> e = jar.entries(); e.hasMoreElements(); ) {
        JarEntry entry = e.nextElement();
        if (!entry.isDirectory()) {
          files.add(entry.getName());
        }
      }
    }
    return files;
  }

  /** Names with class file versions; AgentClassLoader says the format. */
  private static Map<String, Integer> archivedClasses() throws IOException {
    Map<String, Integer> versions = new LinkedHashMap<>();
    try (JarFile jar = new JarFile(AgentRun.JAR.toFile());
        DataInputStream in =
            new DataInputStream(jar.getInputStream(jar.getEntry("inst/classes.archive")))) {
      int[] lengths = new int[in.readInt()];
      for (int i = 0; i < lengths.length; i++) {
        in.skipNBytes(2 * Integer.BYTES);
        lengths[i] = in.readInt();
      }
      for (int length : lengths) {
        byte[] record = in.readNBytes(length);
        DataInputStream head = new DataInputStream(new ByteArrayInputStream(record));
        String name = head.readUTF();
        int size = head.readInt();
        int begin = record.length - head.available();
        InputStream bytes = new ByteArrayInputStream(record, begin, record.length - begin);
        if (record.length - begin < size) {
          bytes = new InflaterInputStream(bytes, new Inflater(true));
        }
        versions.put(name, version(bytes));
      }
    }
    return versions;
  }

  private static int version(JarFile jar, String file) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getJarEntry(file))) {
      return version(in);
    }
  }

  private static int version(InputStream classFile) throws IOException {
    DataInputStream in = new DataInputStream(classFile);
    in.skipNBytes(6);
    return in.readUnsignedShort();
  }
}
