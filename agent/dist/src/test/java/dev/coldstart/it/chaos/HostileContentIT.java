package dev.coldstart.it.chaos;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import dev.coldstart.it.app.HostileApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Secrets;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Names that are made to harm and content that is secret, in all that the agent writes. */
class HostileContentIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "Tools, models, schemas, threads, paths and shown values are called by what terminals,"
              + " browsers, CI systems and parsers act on, or by 1,000,000 characters, around"
              + " prompts, answers, arguments, headers, query strings, credentials and messages that"
              + " are secret: in the summary, the report as JSON, page, Markdown and text, the"
              + " histograms, JFR, OTLP, Prometheus and a comparison nothing acts, nothing is long,"
              + " and no planted word is found.");

  private static final String APP = HostileApp.class.getName();

  /** As it comes over the wire, undecoded. */
  private static final String PATH = "/%1B%5B2J%3Cscript%3Ealert(1)%3C/script%3E%0A::error::owned";

  private static final List<String> KINDS =
      List.of(
          ".json",
          ".html",
          ".md",
          ".hlog",
          ".jfr",
          "summary.txt",
          "report.txt",
          "junit.xml",
          "github.txt",
          "prometheus.txt",
          "otlp/v1/traces",
          "otlp/v1/metrics");

  @TempDir private Path folder;
  private int prometheus;

  @Test
  void nothingActsAndNothingSecretIsTold() throws Exception {
    try (Outputs outputs = new Outputs()) {
      try (ForkedApp app = run(outputs.endpoint()).start(HostileApp.class)) {
        int count = 0;
        for (String path : paths()) {
          RawHttp.Response response = app.http().get(path + Secrets.QUERY, Secrets.headers());
          ROW.holds(path, response.status().contains("200"), "is answered " + response.status());
          ROW.ran();
          count++;
        }
        recorded(app.awaitRequests(count), count);
        outputs.add("prometheus.txt", new RawHttp(prometheus).get("/metrics").body());
        outputs.add("summary.txt", app.stop().err());
      }
      outputs.add(folder.resolve("reports"));
      rendered(outputs);
      outputs.check(ROW);
      for (String kind : KINDS) {
        boolean there = outputs.names().stream().anyMatch(name -> name.contains(kind));
        ROW.holds(kind, there, "is not among " + outputs.names());
      }
      ROW.note(outputs.names().size() + " files and payloads scanned");
    }
  }

  private static List<String> paths() {
    return Stream.concat(
            HostileApp.NAMES.stream().map(name -> name.hashCode() % 2 == 0 ? PATH : "/plain"),
            Stream.of(PATH, "/" + "A".repeat(100_000)))
        .toList();
  }

  private AgentRun run(String collector) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      prometheus = free.getLocalPort();
    }
    Path probes = Files.writeString(folder.resolve("probes"), APP + "#shown skill {0}\n");
    AgentRun run =
        AgentRun.on(Jdks.any(), folder)
            .options("warm=100,html=on,jfr=on,otel=on,probes=" + probes)
            .classPath(Fakes.compile("langchain4j", folder))
            .env("OTEL_METRICS_EXPORTER", "otlp,prometheus")
            .env("OTEL_EXPORTER_PROMETHEUS_HOST", "127.0.0.1")
            .env("OTEL_EXPORTER_PROMETHEUS_PORT", "" + prometheus)
            .env("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector);
    for (Class<?> library :
        List.of(
            ChatModel.class,
            LoggerFactory.class,
            JsonSchema.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class,
            ITU.class)) {
      run.classPath(AgentRun.jarOf(library));
    }
    return Secrets.plant(run);
  }

  /** Or the scan would find nothing because nothing was there. */
  private static void recorded(RunReport report, int requests) {
    List<Span> spans = report.requests().stream().flatMap(r -> r.spans().stream()).toList();
    List<LlmCall> calls = report.requests().stream().flatMap(r -> r.llm().stream()).toList();
    for (String phase : List.of("tool_call", "skill", "schema_validation")) {
      long count = spans.stream().filter(s -> s.phase().equals(phase)).count();
      ROW.holds(phase, count >= requests, "was recorded " + count + " times");
    }
    ROW.holds("calls", calls.size() == 2 * requests, "of models: " + calls.size());
    for (String begin : List.of("?]0;owned", "<script>", "AAAA")) {
      boolean model = calls.stream().anyMatch(c -> c.model() != null && c.model().contains(begin));
      ROW.holds("model", model, "is nowhere called " + begin);
      boolean shown = spans.stream().anyMatch(s -> s.name().contains(begin));
      ROW.holds("value", shown, "is nowhere " + begin);
      boolean tool = spans.stream().anyMatch(s -> ("" + s.notes().get("tool")).contains(begin));
      ROW.holds("tool", tool, "is nowhere called " + begin);
    }
  }

  /** The report as the command line shows it, and what it says of one with other phases. */
  private void rendered(Outputs outputs) throws IOException {
    Path report = ForkedApp.file(folder.resolve("reports"), ".json");
    for (String file : List.of("report.md", "report.html", "report.txt")) {
      String end = file.substring(file.indexOf('.') + 1);
      String format = end.equals("md") ? "markdown" : end.equals("txt") ? "text" : end;
      tool(outputs, file, "report", "" + report, "--format=" + format);
    }
    String hostile = "\\u001b[2J]]></testcase><script>alert(1)</script>\\n::error::owned";
    String text = Files.readString(report).replace("\"schema_validation\"", "\"" + hostile + "\"");
    Path other = Files.writeString(folder.resolve("other.json"), text);
    String budget = "--fail-above=cold.*=1%,1ms";
    for (String format : List.of("junit", "github")) {
      String file = format + (format.equals("junit") ? ".xml" : ".txt");
      String shown =
          tool(outputs, file, "compare", "" + other, "" + other, budget, "--format=" + format);
      ROW.holds(file, shown.contains("cold") && shown.contains("script"), "has no such phase");
    }
  }

  private String tool(Outputs outputs, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("java", "-XX:TieredStopAtLevel=1", "-jar", "" + AgentRun.JAR));
    command.addAll(List.of(arguments));
    ForkedApp.Ended ended = AgentRun.on(Jdks.any(), folder).tool(command.toArray(new String[0]));
    ROW.holds(name, ended.exit() == 0, "ended with " + ended.exit() + ": " + ended.err());
    outputs.add(name, ended.out());
    outputs.add(name + ".err", ended.err());
    return ended.out();
  }
}
