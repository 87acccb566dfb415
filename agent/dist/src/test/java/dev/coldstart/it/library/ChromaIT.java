package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Chroma stores of both frameworks. */
class ChromaIT {
  @TempDir private Path folder;

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    try (ChromaServer chroma = new ChromaServer();
        ForkedApp app = Libs.start("langchain4j", "LangChain4jChromaApp", folder, chroma.url())) {
      verify(app, chroma, "chroma tenant", "chroma database", "chroma collection");
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    try (ChromaServer chroma = new ChromaServer();
        ModelServer model = new ModelServer();
        ForkedApp app =
            Libs.start("spring-ai", "SpringAiChromaApp", folder, chroma.url(), model.root())) {
      // Tenant and database only when there is no such collection.
      verify(app, chroma, "chroma collection");
    }
  }

  private static void verify(ForkedApp app, ChromaServer chroma, String... steps) {
    RunReport report =
        StoreCheck.of("chroma")
            .server(chroma::take)
            .firstHas("chroma connect")
            .firstHas(steps)
            .hides("handbook", "not-there-yet", chroma.url(), "0.8", "Hello")
            .verify(app);
    RequestReport fresh = report.requests().get(0);
    assertThat(Calls.spans(fresh, "chroma create collection")).hasSize(1);
    assertThat(Calls.spans(fresh, "chroma upsert")).hasSize(1);
    assertThat(Calls.spans(fresh, "chroma add")).hasSize(1);
  }
}
