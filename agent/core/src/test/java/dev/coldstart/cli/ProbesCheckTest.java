package dev.coldstart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbesCheckTest {
  private static final String SOURCE =
      """
      package com.acme;
      interface Tool { String call(String name); default void stop() {} }
      abstract class Base implements Tool { public void load() {} abstract void plan(); }
      class ToolCatalog extends Base {
        ToolCatalog() {}
        public String call(String name) { return name; }
        static void warm() {}
        native void fast();
        void plan() {}
        void plan(int a, int b) {}
      }
      """;

  @TempDir private Path dir;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void compile() throws IOException {
    Path file = Files.writeString(dir.resolve("Tool.java"), SOURCE);
    Files.createDirectory(dir.resolve("classes"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", dir + "/classes", file.toString());
    assertThat(code).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.ToolCatalog#call tool_call            | ok | 1 method",
        "com.acme.ToolCatalog#plan agent_build          | ok | 2 methods",
        "com.acme.ToolCatalog#<init> agent_build        | ok | 1 method",
        "com.acme.Tool#stop tool_call                   | ok | 1 method",
        "+com.acme.Tool#call tool_call                  | ok | in 1 class",
        "com.acme.ToolCatalog#call tool_call do {0}     | ok | 1 method",
        "com.acme.ToolCatalog#call tool_call do {1}     | FAIL | the label shows argument 1,",
        "com.acme.ToolCatalog#warm tool_call {this.a}   | FAIL | the label shows {this..}",
        "com.acme.ToolCatalogue#call tool_call          | FAIL | class not found; did you mean com.ac",
        "com.acme.none.ToolCatalog#call tool_call       | FAIL | class not found; did you mean com.ac",
        "org.none.Nothing#call tool_call                | FAIL | class not found",
        "com.acme.ToolCatalog#calls tool_call           | FAIL | no such method; did you mean call?",
        "com.acme.ToolCatalog#load tool_call            | FAIL | no such method: it is inherited, name",
        "com.acme.ToolCatalog#fast tool_call            | FAIL | abstract: name the class that holds",
        "com.acme.Base#plan tool_call                   | FAIL | abstract: name the class that holds",
        "com.acme.Tool#call tool_call                   | FAIL | abstract: name the class that holds",
        "+com.acme.Tools#call tool_call                 | FAIL | class not found; did you mean com.ac",
        "+com.acme.Tool#warms tool_call                 | FAIL | no class that extends or implements",
        "java.util.HashMap#get tool_call                | FAIL | java.util.HashMap#get cannot be",
        "com.acme.ToolCatalog#call                      | FAIL | no phase: write Type#method phase",
      })
  void saysWhatBecomesOfALine(String line, String verdict, String told) throws IOException {
    Run run = doctor(dir.resolve("classes").toString(), "# ours", line);

    assertThat(run.out().lines().toList().get(0).replaceAll(" +", " "))
        .startsWith(" %s %s:2 ".formatted(verdict, dir.resolve("probes")))
        .contains(line.substring(0, line.indexOf('#')) + "#", ": " + told);
    assertThat(run.code()).isEqualTo(verdict.equals("ok") ? 0 : 1);
  }

  @Test
  void aMethodInTwoLinesIsTold() throws IOException {
    String line = "com.acme.ToolCatalog#call tool_call";
    Run run = doctor(dir.resolve("classes").toString(), line, line);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("is in an earlier line").contains("1 method");
  }

  @Test
  void readsJarsFoldersOfJarsAndJarsInJars() throws IOException {
    Path libs = Files.createDirectory(dir.resolve("libs"));
    byte[] jar = zip("com/acme/ToolCatalog.class", type("ToolCatalog"));
    Path plain = Files.write(libs.resolve("a.jar"), jar);
    Path boot =
        Files.write(
            dir.resolve("boot.jar"),
            zip(
                "BOOT-INF/classes/com/acme/Tool.class",
                type("Tool"),
                "BOOT-INF/lib/a.jar",
                jar,
                "META-INF/versions/21/com/acme/Tool.class",
                new byte[3]));
    Path war =
        Files.write(
            dir.resolve("app.war"),
            zip("WEB-INF/classes/com/acme/Tool.class", type("Tool"), "WEB-INF/lib/a.jar", jar));
    for (String classPath : List.of("" + plain, libs + "/*", "" + boot, "" + war)) {
      Run run = doctor(classPath, "com.acme.ToolCatalog#call tool_call");
      assertThat(run.code()).as(classPath + run.out() + run.err()).isZero();
    }
    assertThat(doctor("" + boot, "com.acme.Tool#stop tool_call").code()).isZero();
    assertThat(doctor("" + war, "com.acme.Tool#stop tool_call").code()).isZero();
  }

  @Test
  void badInputIsToldInOneLine() throws IOException {
    String line = "com.acme.ToolCatalog#call tool_call";
    Run none = doctor(dir.resolve("none.jar").toString(), line);
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("cannot read the class path").hasLineCount(1);
    Run empty = doctor(dir.resolve("Tool.java").toString(), line);
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("no classes in");
    Run half = run("doctor", "--probes", dir.resolve("probes").toString());
    assertThat(half.code()).isEqualTo(2);
    assertThat(half.err()).contains("--probes and --class-path belong together");
    Path broken = Files.createDirectory(dir.resolve("broken"));
    Files.write(broken.resolve("Broken.class"), new byte[] {1, 2, 3});
    Files.write(broken.resolve("ToolCatalog.class"), type("ToolCatalog"));
    assertThat(doctor(broken.toString(), line).out()).contains("note  not read: Broken.class");
  }

  private byte[] type(String name) throws IOException {
    return Files.readAllBytes(dir.resolve("classes/com/acme/" + name + ".class"));
  }

  /** Names and contents in turn. */
  private static byte[] zip(Object... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entries[i]));
        zip.write((byte[]) entries[i + 1]);
      }
    }
    return bytes.toByteArray();
  }

  private Run doctor(String classPath, String... lines) throws IOException {
    Path probes = Files.write(dir.resolve("probes"), List.of(lines));
    return run("doctor", "--probes", probes.toString(), "--class-path", classPath);
  }

  private static Run run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Run(code, out.toString(), err.toString());
  }
}
