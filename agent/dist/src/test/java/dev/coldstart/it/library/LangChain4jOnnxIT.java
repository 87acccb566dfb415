package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import dev.coldstart.report.StartupReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real embedding model in the process, loaded as the service starts by LangChain4j and in a
 * request by Spring AI, on the same ONNX runtime.
 */
class LangChain4jOnnxIT {
  @TempDir private Path folder;

  @Test
  void timesLoadingAtStartAndEmbedding() throws Exception {
    try (ForkedApp app = Libs.start("onnx", "OnnxApp", folder)) {
      List<String> paths =
          List.of(
              "/embed",
              "/embed",
              "/embed/several",
              "/transformers",
              "/transformers/embed",
              "/transformers/embed");
      for (String path : paths) {
        var answer = app.http().get(path);
        assertThat(answer.status()).as(path + app.err()).isEqualTo("HTTP/1.1 200 OK");
      }
      RunReport report = Libs.end(app, paths.size());
      assertThat(report.agent().libraries())
          .contains("langchain4j-onnx", "onnx-runtime", "spring-ai-transformers");
      paidBeforeReady(report.startup());
      langChain4j(report);
      transformers(report);
    }
  }

  private static void paidBeforeReady(StartupReport startup) {
    Span load = one(startup.spans(), "embedding model load");
    assertThat(load.phase()).isEqualTo("embedding");
    SchemaPlay.countsClasses(load);
    for (String part : List.of("onnx: session", "onnx: tokenizer")) {
      Span span = one(startup.spans(), part);
      assertThat(span.parent()).as(part).isEqualTo(load.id());
      assertThat(span.phase()).isEqualTo("embedding");
    }
    assertThat(startup.spans())
        .filteredOn(span -> span.name().equals("onnx: native library"))
        .isNotEmpty()
        .allMatch(span -> span.parent() == load.id() && span.phase().equals("embedding"));
    assertThat(load.endNanos()).isLessThan(startup.readyNanos());
    PhaseTime embedding =
        startup.phases().stream().filter(p -> p.phase().equals("embedding")).findAny().get();
    assertThat(embedding.exclusiveNanos()).isEqualTo(load.endNanos() - load.startNanos());
  }

  private static void langChain4j(RunReport report) {
    List<RequestReport> embeds = Calls.of(report, "/embed");
    for (int i = 0; i < embeds.size(); i++) {
      RequestReport request = embeds.get(i);
      Span call = Calls.one(request, "embedding call");
      assertThat(call.phase()).isEqualTo("embedding");
      Span text = Calls.one(request, i == 0 ? "embedding: first text" : "embedding: text");
      assertThat(text.parent()).isEqualTo(call.id());
      assertThat(Calls.spans(request, "embedding model load")).isEmpty();
    }
    RequestReport several = Calls.of(report, "/embed/several").get(0);
    assertThat(Calls.spans(several, "embedding: text")).hasSize(2).noneMatch(Span::inferred);
  }

  private static void transformers(RunReport report) {
    RequestReport request = Calls.of(report, "/transformers").get(0);
    Span load = Calls.one(request, "embedding model load");
    assertThat(load.phase()).isEqualTo("embedding");
    for (String part : List.of("onnx: session", "onnx: tokenizer")) {
      assertThat(Calls.one(request, part).parent()).as(part).isEqualTo(load.id());
    }
    assertThat(Calls.spans(request, "onnx: native library")).as("once a process").isEmpty();
    List<RequestReport> embeds = Calls.of(report, "/transformers/embed");
    Span first = Calls.one(embeds.get(0), "embedding: first call");
    assertThat(first.phase()).isEqualTo("embedding");
    SchemaPlay.loadsClasses(first);
    assertThat(Calls.spans(embeds.get(1), "embedding call")).hasSize(1);
  }

  private static Span one(List<Span> spans, String name) {
    List<Span> found = spans.stream().filter(span -> span.name().equals(name)).toList();
    assertThat(found).as(name + " in " + spans).hasSize(1);
    return found.get(0);
  }
}
