package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.app.StartupApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files are whole at any time, and there even when the process dies or never gets a request.
 */
class ReportIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void survivesAKill(Jdk jdk) throws IOException {
    try (ForkedApp app = run(jdk).start(ServerApp.class)) {
      RawHttp http = app.http();
      http.get("/plain");
      app.awaitRequests(1);
      assertThat(http.get("/chunks").status()).isEqualTo("HTTP/1.1 200 OK");
      app.awaitRequests(2);
      // Written after the JSON.
      app.await("warm request in the log", () -> tags(app.reports()).contains("request:warm"));
      assertThat(app.kill().exit()).isEqualTo(137);
      RunReport report = app.report();
      assertThat(report.requests())
          .extracting(RequestReport::kind, RequestReport::route)
          .startsWith(tuple("cold", "/plain"), tuple("warm", "/chunks"));
      Sums.check(report);
      assertThat(schemaErrors(app.reports())).isEmpty();
      assertThat(tags(app.reports())).contains("db_connect:cold", "request:warm");
      onlyTheTwoFiles(app.reports());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void tellsOfTheStartWithoutARequest(Jdk jdk) throws IOException {
    try (ForkedApp app = run(jdk).start(StartupApp.class)) {
      assertThat(app.await().exit()).isEqualTo(3);
      RunReport report = app.report();
      assertThat(report.requests()).isEmpty();
      assertThat(report.startup().spans())
          .anyMatch(
              span -> span.phase().equals("db_connect") && span.notes().containsValue("early"));
      assertThat(report.agent().libraries()).contains("hikaricp");
      Sums.check(report);
      assertThat(schemaErrors(app.reports())).isEmpty();
      onlyTheTwoFiles(app.reports());
    }
  }

  @Test
  void writesThePageToo() throws IOException {
    try (ForkedApp app = run(Jdks.any()).options("html=on").start(ServerApp.class)) {
      app.http().get("/plain");
      app.awaitRequests(1);
      app.stop();
      RunReport report = app.report();
      String page = Files.readString(ForkedApp.file(app.reports(), ".html"));
      assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
      assertThat(page).contains(report.requests().get(0).traceId(), "\"route\":\"/plain\"");
      assertThat(report.agent().warnings()).isEmpty();
    }
  }

  private AgentRun run(Jdk jdk) {
    return AgentRun.on(jdk, folder).classPath(Fakes.compile("hikari", folder));
  }

  private static void onlyTheTwoFiles(Path reports) throws IOException {
    try (Stream<Path> files = Files.list(reports)) {
      assertThat(files.map(f -> f.getFileName().toString().replaceAll(".*\\.", "")))
          .containsExactlyInAnyOrder("json", "hlog");
    }
  }

  private static List<String> schemaErrors(Path reports) throws IOException {
    try (InputStream in = RunReport.class.getResourceAsStream("coldstart.report-1.schema.json")) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
      String json = Files.readString(ForkedApp.file(reports, ".json"));
      return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }
  }

  private static List<String> tags(Path reports) {
    List<String> tags = new ArrayList<>();
    try (InputStream in = Files.newInputStream(ForkedApp.file(reports, ".hlog"))) {
      HistogramLogReader reader = new HistogramLogReader(in);
      while (reader.hasNext()) {
        EncodableHistogram histogram = reader.nextIntervalHistogram();
        tags.add(histogram.getTag());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tags;
  }
}
