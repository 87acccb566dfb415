package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Chroma stores of both frameworks. Their requests are the server's log. */
class ChromaIT {
  @TempDir private Path folder;

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    try (ChromaServer chroma = new ChromaServer();
        ForkedApp app = Libs.start("langchain4j", "LangChain4jChromaApp", folder, chroma.url())) {
      verify(app, chroma);
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    try (ChromaServer chroma = new ChromaServer();
        ModelServer model = new ModelServer();
        ForkedApp app =
            Libs.start("spring-ai", "SpringAiChromaApp", folder, chroma.url(), model.root())) {
      verify(app, chroma);
    }
  }

  private static void verify(ForkedApp app, ChromaServer chroma) {
    List<List<String>> requests = new ArrayList<>();
    for (String path : List.of("/new", "/first", "/again")) {
      assertThat(app.http().get(path).status()).isEqualTo("HTTP/1.1 200 OK");
      requests.add(chroma.takeRequests());
    }
    RunReport report = Libs.end(app, requests.size());
    assertThat(report.agent().libraries()).contains("chroma");
    for (int i = 0; i < requests.size(); i++) {
      everyRequestHasItsSpan(report.requests().get(i), requests.get(i));
    }
    RequestReport fresh = report.requests().get(0);
    assertThat(Calls.spans(fresh, "chroma create collection")).hasSize(1);
    RequestReport first = report.requests().get(1);
    assertThat(Calls.spans(first, "chroma connect")).hasSize(1);
    assertThat(Calls.spans(first, "chroma create collection")).isEmpty();
    RequestReport again = report.requests().get(2);
    assertThat(again.phases()).noneMatch(phase -> phase.phase().equals("vector_store_connect"));
    assertThat(again.phases()).anyMatch(phase -> phase.phase().equals("vector_store_query"));
  }

  /** Apart from the frames around them. */
  private static void everyRequestHasItsSpan(RequestReport request, List<String> requests) {
    List<Span> spans =
        request.spans().stream()
            .filter(span -> span.name().startsWith("chroma "))
            .filter(span -> !span.name().equals("chroma connect"))
            .filter(span -> !span.name().equals("chroma search"))
            .toList();
    assertThat(spans).as(requests.toString()).hasSameSizeAs(requests);
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      boolean query = requests.get(i).endsWith("/query");
      assertThat(span.phase()).isEqualTo(query ? "vector_store_query" : "vector_store_connect");
      assertThat(span.name().contains("create"))
          .as(span.name() + " is " + requests.get(i))
          .isEqualTo(requests.get(i).startsWith("POST") && !query);
      assertThat(span.endNanos() - span.startNanos())
          .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(ChromaServer.MILLIS));
      assertThat(span.inferred()).isFalse();
    }
  }
}
